"""The style sheet of the matrix: its colours in light and in dark, each with a contrast of 4.5 and more.

The palette is that of mkdocs-material's default, so that these pages look like the rest of the site.
"""

# The height of a line of source, in em; the bands behind the lines are measured in it.
LINE = 1.5

CSS = """\
:root {
  --bg: #fff; --fg: #1f2329; --soft: #5a6270; --line: #dfe2e7; --faint: #f5f6f8;
  --link: #3547a8; --head: #4051b5; --hit: #ffe58a; --served: #1b7f4b; --unasked: #b25e00;
  --proven-bg: #1b7f4b; --proven-fg: #fff; --failing-bg: #c62828; --failing-fg: #fff;
  --untested-bg: #fff; --untested-fg: #b3261e; --unproven-bg: #ffe9b8; --unproven-fg: #6b4700;
  --suspect-bg: #e9dfff; --suspect-fg: #55309c; --skipped-bg: #d8e9fa; --skipped-fg: #1f4b75;
  --retired-bg: #eceef1; --retired-fg: #596069;
  --key: #6a2fa0; --name: #2b54a8; --text: #1c6b3a; --number: #9c2b52; --note: #5f6772;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #1e2129; --fg: #e3e5ea; --soft: #a6adba; --line: #383d49; --faint: #272b35;
    --link: #a3b3ff; --head: #36427f; --hit: #463a08; --served: #4cc38a; --unasked: #f0a04b;
    --proven-bg: #1f7a4d; --proven-fg: #fff; --failing-bg: #c23a3a; --failing-fg: #fff;
    --untested-bg: #1e2129; --untested-fg: #ff9b92; --unproven-bg: #57430f; --unproven-fg: #ffe3a0;
    --suspect-bg: #46367a; --suspect-fg: #e6dcff; --skipped-bg: #264765; --skipped-fg: #d3e8ff;
    --retired-bg: #343944; --retired-fg: #b4bac6;
    --key: #cfa3ff; --name: #9db8ff; --text: #8fd9a8; --number: #ff9dbd; --note: #a0a8b6;
  }
}
* { box-sizing: border-box }
html { scroll-padding-top: 7rem }
body { margin: 0; background: var(--bg); color: var(--fg); font: 15px/1.55 system-ui, sans-serif }
header { position: sticky; top: 0; z-index: 2; background: var(--head); color: #fff; padding: .7rem 1.5rem }
header a { color: #fff; text-decoration: none } header a:hover { text-decoration: underline }
header span { margin: 0 .6rem; opacity: .8 }
main { max-width: 76rem; margin: 0 auto; padding: 1.2rem 1.5rem 60vh }
a { color: var(--link); text-decoration: none } a:hover { text-decoration: underline }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 1px }
h1 { font-weight: 400; font-size: 1.9rem; margin: .6rem 0 } h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem }
code { font: .9em/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
small { color: var(--soft); font-size: .85em; font-weight: 400 }
.s.proven { background: var(--proven-bg); color: var(--proven-fg) }
.s.failing { background: var(--failing-bg); color: var(--failing-fg) }
.s.untested { background: var(--untested-bg); color: var(--untested-fg); box-shadow: inset 0 0 0 2px }
.s.unproven, .s.suspect, .s.skipped, .s.retired { box-shadow: inset 0 0 0 1px }
.s.unproven { background: var(--unproven-bg); color: var(--unproven-fg) }
.s.suspect { background: var(--suspect-bg); color: var(--suspect-fg) }
.s.skipped { background: var(--skipped-bg); color: var(--skipped-fg) }
.s.retired { background: var(--retired-bg); color: var(--retired-fg) }
.bar { display: flex; height: .8rem; gap: 2px; margin: 1rem 0; max-width: 60rem }
.bar i { min-width: 4px; border-radius: 2px }
.legend { list-style: none; padding: 0; display: grid; gap: .35rem 2rem;
  grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)) }
.legend li { display: grid; grid-template-columns: 1.5rem auto 1fr; gap: 0 .5rem;
  grid-template-rows: 1.6rem auto; align-items: center; align-content: start }
.legend li small { grid-column: 2 / 4; line-height: 1.3 }
.cells { display: flex; flex-wrap: wrap; gap: 3px }
.cells a, .legend .s { width: 1.5rem; height: 1.5rem; border-radius: 4px; text-align: center;
  font: 700 .95rem/1.5rem system-ui, "DejaVu Sans", sans-serif; text-decoration: none }
.cells a:hover { outline: 2px solid var(--link) }
table { border-collapse: collapse; width: 100%; margin: .8rem 0 }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0;
  border-bottom: 1px solid var(--line) }
thead th { color: var(--soft); font-weight: 600; font-size: .85em }
tbody th { font-weight: 600; overflow-wrap: anywhere } tbody th small { display: block }
.matrix th:first-child { width: 24% } .count { white-space: nowrap; width: 9rem }
td small { display: block; overflow-wrap: anywhere } td code { overflow-wrap: anywhere }
.facts td:first-child { width: 62% } .good { color: var(--served) } .bad { color: var(--untested-fg) }
section { border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; margin: 1.1rem 0;
  padding: .2rem 1.1rem .6rem }
section tr:last-child td { border-bottom: 0 }
section:target { border-color: var(--link); box-shadow: 0 0 0 2px var(--link) }
section h2 { margin: .7rem 0; display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline }
section h2 .s { font-size: .8rem; border-radius: 4px; padding: .1rem .5rem }
section h2 small { margin-left: auto; font-size: .8rem }
blockquote { margin: .4rem 0; padding: 0; white-space: pre-line; overflow-wrap: anywhere; font-size: 1.05em }
.meaning { color: var(--soft); margin: .5rem 0 }
.code { border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; position: relative; z-index: 0;
  min-height: 24em; font: 13.5px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
.l { display: flex; height: 1.5em; border-left: 4px solid transparent; min-width: max-content;
  position: relative }
.l.x { border-left-color: var(--served) } .l.u { border-left: 4px dotted var(--unasked) }
.l:target { background: var(--hit) }
.n { flex: none; width: 3.5rem; padding-right: 1rem; text-align: right; color: var(--soft);
  user-select: none }
.c { white-space: pre; flex: 1 }
.who { font: 13px/19px system-ui, sans-serif; color: var(--soft); padding: 0 1rem }
.who summary { cursor: pointer; text-align: right }
.who ul { position: absolute; right: 1rem; z-index: 1; margin: 0; padding: .5rem 1rem;
  list-style: none; max-height: 22em; overflow-y: auto; background: var(--bg);
  border: 1px solid var(--line); border-radius: 6px }
.key i { font-style: normal; color: var(--soft); padding-left: .6rem; margin-right: 2rem }
.key .x { border-left: 4px solid var(--served) } .key .u { border-left: 4px dotted var(--unasked) }
.band { display: none; position: absolute; left: 0; right: 0; height: 1.5em }
.band:target { display: block }
.band i { position: absolute; left: 0; right: 0; z-index: -1; background: var(--hit) }
.band p { position: fixed; z-index: 2; bottom: 1rem; left: 50%; transform: translateX(-50%); margin: 0;
  width: max-content; max-width: 90vw; padding: .5rem .9rem; background: var(--hit); border-radius: 6px;
  border: 1px solid var(--soft); font: 15px/1.5 system-ui, sans-serif; box-shadow: 0 1px 6px #0006 }
.p-k, .p-kn, .p-kc, .p-kd, .p-kt, .p-ow { color: var(--key) } .p-kc { font-weight: 600 }
.p-nf, .p-nc, .p-fm, .p-nd, .p-nn, .p-nb, .p-ne { color: var(--name) }
.p-s, .p-s1, .p-s2, .p-sd, .p-sa, .p-sb, .p-se, .p-si, .p-sr { color: var(--text) }
.p-mi, .p-mf, .p-mh, .p-mo, .p-mb { color: var(--number) }
.p-c1, .p-c, .p-ch { color: var(--note); font-style: italic }
@media print { header, .band p { position: static } main { padding-bottom: 0 } }
"""
