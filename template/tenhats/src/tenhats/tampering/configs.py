"""The configuration of the checks, in one form wherever it stands, compared with what it was."""

from __future__ import annotations

import configparser
import fnmatch
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from tenhats.prose.kinds import KINDS, LEVELS
from tenhats.tampering import Weakening

FILES = (
    "pyproject.toml", "ruff.toml", ".ruff.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg",
    ".coveragerc", "mypy.ini", ".mypy.ini", "pytest.toml",
)  # fmt: skip
"""The files, at the root of the project, that configure a check."""

_SECTIONS = {"tool:pytest": "pytest", "coverage:run": "coverage.run", "coverage:report": "coverage.report"}
_COVERAGERC = {"run": "coverage.run", "report": "coverage.report"}
_LISTS = {
    "addopts", "norecursedirs", "testpaths", "filterwarnings", "omit", "source", "exclude_also",
    "exclude_lines", "disable_error_code",
}  # fmt: skip
_DROPPING = ("--deselect", "--ignore", "--ignore-glob", "-k", "-m", "--co", "--collect-only", "--lf")

GROWS, SHRINKS, RISES, FALLS, ON, OFF = "grows", "shrinks", "rises", "falls", "on", "off"

# What weakens a check: a list that grows or shrinks, a number that rises or falls, a switch.
_WEAKER = {
    "tenhats.coverage": FALLS,
    "tenhats.test-timeout": RISES,
    "pytest.norecursedirs": GROWS,
    "pytest.testpaths": SHRINKS,
    "pytest.xfail_strict": OFF,
    "pytest.strict": OFF,
    "coverage.run.omit": GROWS,
    "coverage.run.source": SHRINKS,
    "coverage.run.branch": OFF,
    "coverage.report.omit": GROWS,
    "coverage.report.exclude_also": GROWS,
    "coverage.report.exclude_lines": GROWS,
    "coverage.report.fail_under": FALLS,
    "mypy.strict": OFF,
    "mypy.files": SHRINKS,
    "ruff.lint.select": SHRINKS,
    "ruff.lint.extend-select": SHRINKS,
    "ruff.lint.ignore": GROWS,
    "ruff.lint.extend-ignore": GROWS,
    "ruff.extend-exclude": GROWS,
    "ruff.exclude": GROWS,
    "ruff.lint.mccabe.max-complexity": RISES,
    "bandit.skips": GROWS,
    "bandit.exclude_dirs": GROWS,
    "ruff.lint.per-file-ignores.*": GROWS,
    "ruff.lint.extend-per-file-ignores.*": GROWS,
    "ruff.lint.pylint.max-*": RISES,
    "mypy.*ignore_errors": ON,
    "mypy.*disable_error_code": GROWS,
    "mypy.*disallow_*": OFF,
    "mypy.*warn_*": OFF,
    "mypy.*check_untyped_defs": OFF,
    "mypy.*strict_*": OFF,
    "mypy.*no_implicit_*": OFF,
    "mypy.*extra_checks": OFF,
}
_SEVERITY = ("off", "advise", "block")


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Weakening]:
    """What the configuration in the `new` files no longer checks, told at the line of its key."""
    before, after = settings_of(old), settings_of(new)
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was == now or (key.startswith("ruff.") and not any(each.startswith("ruff.") for each in before)):
            continue
        if key.startswith("ruff.") and "ignore" in key:
            now = [each for each in _items(now) if _was_selected(each, before)]
        for what, certain in _judged(key, was, now):
            path, line = place_of(key, new)
            fix = "set it back; if it must be, say why above it: # tenhats: ignore[TST011] because …"
            yield Weakening("setting", path, line, what, fix, certain)


def _was_selected(code: str, before: Mapping[str, Any]) -> bool:
    """Whether ruff looked for a code at the base: ignoring what nobody looked for weakens nothing."""
    keys = [f"{table}{word}" for table in ("ruff.lint.", "ruff.") for word in ("select", "extend-select")]
    selected = [each for key in keys for each in _items(before.get(key))] or ["E4", "E7", "E9", "F"]
    return any(each == "ALL" or code.startswith(each) or each.startswith(code) for each in selected)


def settings_of(files: Mapping[str, str]) -> dict[str, Any]:
    """Every setting of every check, by a dotted key such as `coverage.run.omit`.

    A file that cannot be parsed says nothing; other rules speak of it.
    """
    found: dict[str, Any] = {}
    for path, text in files.items():
        try:
            tables = _toml(path, text) if path.endswith(".toml") else _ini(path, text)
        except (tomllib.TOMLDecodeError, configparser.Error):
            continue
        for name, table in tables.items():
            _flatten(name, table, found)
    return found


def _toml(path: str, text: str) -> dict[str, Any]:
    document = tomllib.loads(text)
    if path.endswith("ruff.toml"):
        return {"ruff": document}
    if path == "pytest.toml":
        return {"pytest": document.get("pytest", document)}
    tool = document.get("tool", {})
    named = {name: tool.get(name, {}) for name in ("tenhats", "coverage", "mypy", "ruff", "bandit")}
    pytest = tool.get("pytest", {})
    return named | {"pytest": pytest.get("ini_options", pytest)}


def _ini(path: str, text: str) -> dict[str, Any]:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    names = _COVERAGERC if path == ".coveragerc" else _SECTIONS
    return {
        names.get(section, section): {key: _plain(key, value) for key, value in parser[section].items()}
        for section in parser.sections()
        if names.get(section, section).partition(".")[0] in {"pytest", "coverage", "mypy"}
    }


def _plain(key: str, value: str) -> Any:
    if key in _LISTS:
        return [line.strip() for line in value.replace(",", "\n").splitlines() if line.strip()]
    if value.strip().lower() in {"true", "false", "yes", "no", "on", "off"}:
        return value.strip().lower() in {"true", "yes", "on"}
    try:
        return float(value)
    except ValueError:
        return value


def _flatten(name: str, value: Any, into: dict[str, Any]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(f"{name}.{key}", inner, into)
    elif name == "mypy.overrides" and isinstance(value, list):
        for each in value:
            modules = each.get("module", [])
            for module in [modules] if isinstance(modules, str) else modules:
                for key in each.keys() - {"module"}:
                    into[f"mypy.overrides.{module}.{key}"] = each[key]
    else:
        into[name] = value


def _judged(key: str, was: Any, now: Any) -> Iterator[tuple[str, bool]]:
    """What is weaker about one setting, and whether that is sure."""
    name = key.rpartition(".")[2]
    if key == "pytest.addopts":
        yield from _options(_words(was), _words(now))
    elif key == "pytest.filterwarnings":
        yield from _warnings(_items(was), _items(now))
    elif key.startswith("tenhats.off."):
        if was is None:
            yield f"the rule {name} is switched off: {now}", False
    elif key.startswith("tenhats.prose."):
        yield from _levels(name, was, now)
    elif name == "ignore_missing_imports":
        if now is True and was is not True:
            yield f"{key} is on", False
    else:
        how = next((_WEAKER[each] for each in _WEAKER if fnmatch.fnmatchcase(key, each)), None)
        yield from _changed(key, how, was, now) if how else ()


def _warnings(was: list[str], now: list[str]) -> Iterator[tuple[str, bool]]:
    if "error" in was and "error" not in now:
        yield "warnings are no longer errors: `error` is gone from filterwarnings", True
    for each in now:
        if each not in was and each.startswith(("ignore", "default")):
            yield f"filterwarnings now has `{each}`", False


def _levels(kind: str, was: Any, now: Any) -> Iterator[tuple[str, bool]]:
    """A kind of smell that does less than it did, or than the tooling does by itself."""
    default = KINDS[kind].level if kind in KINDS else None
    before, after = (each if each in LEVELS else default for each in (was, now))
    if before and after and _SEVERITY.index(after) < _SEVERITY.index(before):
        yield f"prose.{kind} was {before}, and is {after}", True


def _changed(key: str, how: str, was: Any, now: Any) -> Iterator[tuple[str, bool]]:
    if how in {GROWS, SHRINKS}:
        one, other = _items(was), _items(now)
        more, from_what = (other, one) if how == GROWS else (one, other)
        if how == SHRINKS and was is None:
            return
        added = [each for each in more if each not in from_what]
        if added:
            verb = "now also has" if how == GROWS else "no longer has"
            yield f"{key} {verb} {', '.join(added[:5])}", True
    elif how in {RISES, FALLS}:
        if not isinstance(was, int | float):
            return
        if not isinstance(now, int | float):
            yield f"{key} was {was:g}, and is gone", False
        elif (now > was) if how == RISES else (now < was):
            yield f"{key} was {was:g}, and is {now:g}", True
    elif how == OFF and ((was is True and now is not True) or (now is False and was is None)):
        yield f"{key} was {'on' if was else 'not set'}, and is {'off' if now is False else 'gone'}", True
    elif how == ON and now is True and was is not True:
        yield f"{key} is on", True


def _options(was: list[str], now: list[str]) -> Iterator[tuple[str, bool]]:
    for option in now:
        if option.partition("=")[0] in _DROPPING and option not in was:
            yield f"pytest's addopts now has {option}, which leaves tests out", True
    for option in was:
        if option.startswith("--strict") and option not in now and "--strict" not in now:
            yield f"pytest's addopts no longer has {option}", True
        if option in {"-Werror", "error"} and option not in now:
            yield "pytest's addopts no longer makes warnings errors", True


def _words(value: Any) -> list[str]:
    """Options as words, whether they are written as one string or as a list of them."""
    if isinstance(value, str):
        try:
            return shlex.split(value)
        except ValueError:
            return value.split()
    return [word for each in _items(value) for word in each.split()]


def _items(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def place_of(key: str, files: Mapping[str, str]) -> tuple[str, int]:
    """Where a setting stands in the files, else the table it would stand in; no path if there is none."""
    table = "", 1
    for path, text in files.items():
        section = "ruff" if path.endswith("ruff.toml") else ""
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("[") and bare.endswith("]"):
                section = _section(path, bare.strip("[]").replace('"', ""))
                table = (path, number) if section and key.startswith(f"{section}.") else table
            elif "=" in bare and section:
                word = bare.partition("=")[0].strip().strip('"')
                whole = f"{section}.{word}"
                is_override = section == "mypy.overrides" and key.endswith(f".{word}")
                if key == whole or key.startswith(f"{whole}.") or (is_override and section in key):
                    return path, number
    return table


def _section(path: str, header: str) -> str:
    """The beginning of the keys in a table, as `settings_of` writes it."""
    if path.endswith("ruff.toml"):
        return f"ruff.{header}"
    if path.endswith(".toml"):
        return header.removeprefix("tool.").removesuffix(".ini_options")
    return (_COVERAGERC if path == ".coveragerc" else _SECTIONS).get(header, header)
