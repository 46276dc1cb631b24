"""The trace for what reads JUnit XML: each requirement is a test case, with its name as a property.

The form is https://github.com/testmoapp/junitxml; a test case with properties is what Xray,
Polarion and others read requirements from.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tenhats.trace import State, Traced
from tenhats.traces import Traces

# What XML 1.0 does not allow, not even escaped: https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = {State.SKIPPED, State.RETIRED}


def as_junit(traces: Traces) -> str:
    """A suite for each feature: proven passes, skipped and retired are skipped, all else fails."""
    whole = Element("testsuites", name="requirements")
    for feature, group in groupby(sorted(traces.traced, key=lambda each: each.feature), lambda e: e.feature):
        requirements = list(group)
        failed = sum(each.state not in _SKIPPED | {State.PROVEN} for each in requirements)
        skipped = sum(each.state in _SKIPPED for each in requirements)
        counts = {"tests": len(requirements), "failures": failed, "skipped": skipped, "errors": 0}
        suite = SubElement(
            whole, "testsuite", {"name": _clean(feature), **{key: str(n) for key, n in counts.items()}}
        )
        for each in requirements:
            _add(suite, each)
    indent(whole)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(whole, encoding="unicode") + "\n"


def _add(suite: Element, each: Traced) -> None:
    bare = each.name.removeprefix(f"{each.feature}/")
    case = SubElement(
        suite,
        "testcase",
        {"classname": _clean(each.feature), "name": _clean(bare), "file": each.path, "line": str(each.line)},
    )
    properties = SubElement(case, "properties")
    values = [("requirement", each.name), ("kind", each.kind), ("state", each.state.value)]
    values += [("test", test) for test in each.tests]
    values += [
        ("function", f"{part.function.path}:{part.function.line} {part.function.name}") for part in each.parts
    ]
    for name, value in values:
        SubElement(properties, "property", {"name": name, "value": _clean(value)})
    if each.state is State.PROVEN:
        return
    word = "skipped" if each.state in _SKIPPED else "failure"
    said = SubElement(case, word, {"message": f"{each.state}: {each.state.meaning}"})
    said.text = _clean(f"{each.path}:{each.line}: {each.text}")


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
