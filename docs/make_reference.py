"""Make the pages that the code itself can write; with `--check`, only compare them.

A rule's page is its docstring. In the other pages, what stands between `<!-- made: NAME -->` and
`<!-- made -->` is made, from the code or from what `benchmarks/` has measured; the rest is written by hand.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "template" / "tenhats" / "src")]

from benchmarks.pages import caught, planted, table  # noqa: E402

from tenhats.cli import parser  # noqa: E402
from tenhats.gates import Gate  # noqa: E402
from tenhats.personas import PERSONAS  # noqa: E402
from tenhats.reports.manual import rule_page, rules_of  # noqa: E402
from tenhats.rule import RULES, Rule  # noqa: E402
from tenhats.workflow import WORKFLOWS, Step  # noqa: E402

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
_BLOCK = re.compile(r"(<!-- made: (?P<name>[a-z-]+) -->\n).*?(<!-- made -->)", re.DOTALL)
_URL = re.compile(r"(?<![<(\[`])(https://[^\s<>)`]*[^\s<>)`.,])")


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page that is made, wholly or in part, with what it should say."""
    for code, rule in RULES.items():
        yield REFERENCE / "rules" / f"{code}.md", _of_rule(rule)
    for path in sorted(DOCS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if _BLOCK.search(text):
            yield path, _BLOCK.sub(lambda found: f"{found[1]}{_MADE[found['name']]()}{found[3]}", text)


def left_over() -> list[Path]:
    """The pages of rules that there are no more."""
    known = {*RULES, "index"}
    return [path for path in sorted((REFERENCE / "rules").glob("*.md")) if path.stem not in known]


def out_of_step() -> list[Path]:
    """The pages that do not say what the code says."""
    differing = [
        path for path, wanted in pages() if not path.exists() or path.read_text(encoding="utf-8") != wanted
    ]
    return [*differing, *left_over()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or with `--check` name those that are out of step; return the exit code."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--check", action="store_true", help="change nothing; exit 1 if a page is out of step")
    given = asked.parse_args(arguments)
    wrong = out_of_step()
    for path in wrong:
        print(f"{path.relative_to(ROOT)} is out of step with the code")
    if given.check:
        return 1 if wrong else 0
    for path in left_over():
        path.unlink()
    for path, text in list(pages()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def _of_rule(rule: Rule) -> str:
    lines = rule_page(rule).splitlines()
    linked = [line if line.startswith("    ") else _URL.sub(r"<\1>", line) for line in lines]
    made = "<!-- Made by docs/make_reference.py from the rule's docstring. -->"
    return "\n".join([*linked, "", made]) + "\n"


def _rules() -> Iterator[str]:
    for gate in Gate:
        yield from [f"## Gate {gate.value}: {gate.label}", "", f"{gate.promise}.", ""]
        of_gate = [rule for _, rule in sorted(RULES.items()) if rule.gate is gate]
        rows = [(f"[{rule.code}]({rule.code}.md)", rule.title, rule.persona.title) for rule in of_gate]
        yield from [*table(("rule", "asks that", "persona"), rows), ""]


def _personas() -> Iterator[str]:
    for persona in PERSONAS:
        yield from [f"## {persona.title}", ""]
        yield f"Session `nox -s {persona.name}`, prompt `{persona.prompt}`, rules `{persona.prefix}`."
        rows = []
        for practice in persona.practices:
            shown = [rule.code for rule in rules_of(persona) if rule.practice == practice]
            rows.append((practice, ", ".join(f"[{code}](rules/{code}.md)" for code in shown) or "judgment"))
        yield from ["", *table(("practice", "shown by"), rows), ""]


def _workflow(name: str) -> Callable[[], Iterable[str]]:
    def row(number: int, step: Step) -> tuple[str, ...]:
        rules = ", ".join("every rule" if code == "*" else code for code in step.rules)
        return f"{number} {step.title}", step.lead, step.support or "–", step.evidence, rules

    heads = ("step", "lead", "support", "reached when", "rules")
    return lambda: table(heads, [row(number, step) for number, step in enumerate(WORKFLOWS[name], 1)])


def _sessions() -> Iterable[str]:
    return table(
        ("session", "gives"), [(f"`{name}`", str(kind.description)) for name, kind in _commands().items()]
    )


def _options(*names: str) -> Callable[[], Iterable[str]]:
    def made() -> Iterator[str]:
        for name in names:
            rows = [
                (f"`{', '.join(action.option_strings) or action.metavar or action.dest}`", str(action.help))
                for action in _commands()[name]._actions
                if action.dest != "help"
            ]
            yield from table(("argument", "meaning"), rows)

    return made


def _commands() -> dict[str, argparse.ArgumentParser]:
    (choices,) = (action.choices for action in parser()._actions if action.dest == "command")
    return dict(choices or {})


def _questions() -> Iterable[str]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))
    asked = {
        name: question
        for name, question in document.items()
        if not name.startswith("_") and question.get("help")
    }
    return table(
        ("answer", "question", "default"),
        [
            (
                f"`{name}`",
                question["help"],
                _default(question["default"]).replace("{{ project_name }}", "Greeter"),
            )
            for name, question in asked.items()
        ],
    )


def _default(default: object) -> str:
    if isinstance(default, str):
        return "made from the name" if "{%" in default else f"`{default}`" if default else "empty"
    return f"`{', '.join(map(str, default))}`" if isinstance(default, list) else f"`{default}`"


def _text(lines: Callable[[], Iterable[str]]) -> Callable[[], str]:
    return lambda: "\n" + "\n".join(lines()).rstrip("\n") + "\n\n"


_MADE = {
    "rules": _text(_rules),
    "personas": _text(_personas),
    "bmad": _text(_workflow("bmad")),
    "spec-kit": _text(_workflow("spec-kit")),
    "sessions": _text(_sessions),
    "gates-options": _text(_options("gates")),
    "questions": _text(_questions),
    "planted": _text(planted),
    "caught": _text(caught),
}

if __name__ == "__main__":
    raise SystemExit(main())
