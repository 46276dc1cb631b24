"""What the documentation engineer promises of ways through the pages: links lead on, reading begins."""

from __future__ import annotations

from tenhats.facts.links import Links
from tenhats.facts.reading import KINDS, ReadingOrder
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_FEW = 8


@rule("DOC010", gate=Gate.DOCUMENTATION, practice="Ensures documentation stays current")
def links_lead_somewhere(links: Links) -> Findings:
    """Every link leads to a file that is there, and to a heading that it has.

    A reader who follows a link and finds nothing does not come back. DOC001 sees to the pages of the site;
    this rule to the README, CONTRIBUTING, the changelog, the specifications, and every other page of
    Markdown that is read where it stands:

        [Set up](CONTRIBUTING.md#set-up)

    Looked at are relative links and images, definitions of references, and `href` and `src` in HTML. A
    heading's anchor is what GitHub, GitLab or Python-Markdown makes of it; `{#id}` and `<a id="…">` are
    anchors too. An anchor that differs by signs only, and a target that begins with `/`, are advice: hosts
    differ. Nothing is fetched: addresses of other places are not looked at. Nor are pages under a folder of
    tests, templates or snippets, nor those of a site that is made otherwise than by mkdocs.
    """
    findings = Findings()
    for each in findings.over(links.links, nothing="no page has a relative link"):
        if each.is_there and each.has_anchor:
            continue
        say = findings.add if each.certain else findings.advise
        fix = f"link to {each.near}" if each.near else "correct the link, or delete it"
        if not each.is_there:
            say(each, f"{each.target} leads nowhere: there is no {each.file}", fix)
        else:
            say(each, f"{each.file} has no heading or anchor #{each.target.partition('#')[2]}", fix)
    if links.unread:
        findings.could_not_see(f"{links.unread[0]} cannot be read")
    return findings


@rule("DOC012", gate=Gate.DOCUMENTATION, practice="Creates code examples and tutorials")
def reading_has_a_beginning(order: ReadingOrder) -> Findings:
    """The documentation has a beginning, and then what each reader came for.

    Whoever opens the site gets its front page, or an error: mkdocs makes a site without `docs/index.md` and
    warns of nothing. From there a newcomer wants a tutorial, somebody with a task a how-to guide, somebody
    with a question the reference, somebody who wonders an explanation:

        docs/index.md
        docs/tutorial.md
        docs/how-to/add-a-feature.md
        docs/reference/settings.md
        docs/explanation/design.md

    That one of the four kinds is not to be found in a site of more than eight pages, by the names of its
    folders, its files or its navigation, is advice. Decision records count as explanation. The page of the
    interface, which is made from the docstrings, counts as reference. https://diataxis.fr/
    """
    findings = Findings()
    for _ in findings.over(order.pages, nothing="there is no site"):
        pass
    if order.pages and not order.front:
        findings.add(
            Place("mkdocs.yml"),
            "the site has no front page: there is no docs/index.md",
            "write docs/index.md: what this is, how to install it, where to read on",
        )
    if len(order.pages) > _FEW:
        for kind in KINDS:
            if kind not in order.kinds:
                message = f"no page, folder or entry of the navigation is called {kind}, or the like"
                findings.advise(Place("mkdocs.yml"), message, "name one so, or write one")
    return findings
