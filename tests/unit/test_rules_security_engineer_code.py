"""Requirements that forbid, threats that are told of, and ways of writing that let somebody in."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from tenhats.facts.attacks import Attacks, find_attacks
from tenhats.facts.contracts import Contracts
from tenhats.facts.dangers import Dangers, find_dangers
from tenhats.facts.doors import find_doors
from tenhats.facts.threats import Reached, Threats, read_threats, threats_in
from tenhats.formats.model import Section
from tenhats.sources.dangers import dangers_in
from tests.unit.made_up import (
    SPEC,
    TESTS,
    ask,
    bound,
    complaint,
    feature,
    folder,
    is_not_applicable,
    is_silent,
    required,
    requirement,
    specs,
    suite,
    told,
    tree_of,
)

pytestmark = pytest.mark.req("008-deployment-and-security/FR-008")


FORBIDS = requirement("SEC-001", "The system MUST reject a stranger's token")
NAME = FORBIDS.name
API = Reached("specs/a/contracts/api.yaml", "a", "OpenAPI", "specs/a/")


def test_a_security_requirement_whose_attack_is_tried_is_accepted() -> None:
    """One test that expects the refusal is enough."""
    assert is_silent(ask("SEC006", required(FORBIDS), Attacks(frozenset({NAME}), frozenset({NAME}))))


def test_a_security_requirement_where_everybody_behaves_is_told_of() -> None:
    """The finding stands at the requirement, be it known by its name or by its heading."""
    read = Attacks(frozenset({NAME}), frozenset())
    message = f"no test of {NAME} tries what it forbids: all expect that everything goes well"
    assert told(ask("SEC006", required(FORBIDS), read)) == [(SPEC, 10, message)]
    under = requirement("FR-001", "The system MUST refuse strangers")
    sections = (Section(SPEC, 9, 2, "Security Requirements"),)
    found = ask("SEC006", specs(feature(under, sections=sections)), Attacks(frozenset({under.name})))
    assert [line for _, line, _ in told(found)] == [10]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("The system MUST reject requests with a missing or expired token", True),
        ("Non-admins are not let in. The API MUST return 403 Forbidden to non-admin users.", True),
        ("The system MUST reject names longer than 100 characters", False),
        ("An expired session leads to the login page. Names without letters are rejected.", False),
        ("The system MUST NOT write passwords into the log", False),
    ],
)
def test_a_requirement_that_refuses_a_stranger_is_one_of_security(text: str, is_asked: bool) -> None:
    """Whatever its name, and wherever it stands."""
    one = requirement("FR-001", text)
    found = ask("SEC006", required(one), Attacks(frozenset({one.name})))
    assert [10] * is_asked == [line for _, line, _ in told(found)]


def test_what_must_never_happen_is_advice() -> None:
    """It can be shown in other ways than by an attack."""
    never = requirement("SEC-001", "The system MUST NOT write passwords into the log")
    found = ask("SEC006", required(never), Attacks(frozenset({never.name})))
    assert found.found == []
    assert [10] == [each.line for each in found.advised]


def test_what_forbids_nothing_or_has_no_test_is_not_asked() -> None:
    """TST001 says that there is no test; a promise that forbids nothing has no attack."""
    permits = requirement("SEC-001", "The system MUST encrypt each backup")
    assert is_silent(ask("SEC006", required(permits), Attacks(frozenset({permits.name}))))
    assert is_not_applicable(ask("SEC006", required(FORBIDS), Attacks()))
    assert is_not_applicable(
        ask("SEC006", required(requirement()), Attacks(frozenset({"001-greeting/FR-001"})))
    )


@pytest.mark.parametrize(
    ("body", "tries"),
    [
        ("with pytest.raises(ValueError): pass", True),
        ("assert client.get('/').status_code == 403", True),
        ("assert not allowed()", True),
        ("assert_denied(x)", True),
        ("assert client.get('/').status_code == status.HTTP_403_FORBIDDEN", True),
        ("assert client.get('/').status_code == 200", False),
    ],
)
def test_a_test_tries_the_attack_if_it_expects_a_refusal(tmp_path: Path, body: str, tries: bool) -> None:
    """By its source, whatever calls it uses."""
    here = folder(tmp_path, {TESTS: f"def test_it():\n    {body}\n"})
    attacks = find_attacks(here, suite(bound(NAME, line=1)))
    assert (attacks.read, attacks.tried) == (frozenset({NAME}), frozenset({NAME} if tries else ()))


@pytest.mark.parametrize(("code", "tries"), [("403", True), ("200", False)])
def test_the_attack_may_stand_among_the_cases(tmp_path: Path, code: str, tries: bool) -> None:
    """In a decorator, above the function."""
    cases = f"@mark.parametrize('code', [{code}])\ndef test_it(code):\n    assert get() == code\n"
    here = folder(tmp_path, {TESTS: cases})
    attacks = find_attacks(here, suite(bound(NAME, line=2)))
    assert (attacks.read, attacks.tried) == (frozenset({NAME}), frozenset({NAME} if tries else ()))


def test_a_reachable_feature_without_threats_is_told_of() -> None:
    """The finding stands at the contract; a feature that nobody reaches is not asked."""
    message = "a can be reached by OpenAPI, and no document of it tells of a threat"
    assert told(ask("SEC007", Threats((API,)))) == [(API.path, 1, message)]
    assert is_silent(ask("SEC007", Threats((replace(API, threats=1),))))
    assert is_not_applicable(ask("SEC007", Threats()))


@pytest.mark.parametrize(
    ("told_of", "count"),
    [("# Notes\n", 0), ("## Threats\n\n- A stranger asks for the pages of others: 403.\n", 1)],
)
def test_a_web_application_without_a_contract_is_reached_too(
    tmp_path: Path, told_of: str, count: int
) -> None:
    """At the line that makes it; any document of the project may tell of its threats."""
    files = {"src/web.py": "from flask import Flask\n\napp = Flask('a')\n", "docs/notes.md": told_of}
    here = folder(tmp_path, {"pyproject.toml": "", **files})
    tree = tree_of(here)
    threats = read_threats(here, tree, specs(), Contracts(), find_doors(here, tree))
    assert threats == Threats((Reached("src/web.py", "the Flask application", "HTTP", "docs/", count, 3),))


@pytest.mark.parametrize(
    ("text", "is_model", "count"),
    [
        ("## Threats\n\n- A stranger guesses numbers: they are random.\n", False, 1),
        ("## Security Considerations\n### Input\n1. A body without end is cut off at 1 MB.\n", False, 1),
        ("# Model\n| a stranger guesses the number | it is random |\n", True, 1),
        ("## Threats\n\nTo be written.\n- none\n## Decisions\n- We took the larger one of both.\n", False, 0),
        ("## Decisions\n- A stranger guesses numbers: they are random.\n", False, 0),
    ],
)
def test_threats_are_entries_under_their_heading(text: str, is_model: bool, count: int) -> None:
    """Of a list or a table, with words enough to name a threat and its answer."""
    assert threats_in(text, is_model=is_model) == count


GOOD_AND_BAD = [
    ("jwt-unverified", 'import jwt\njwt.decode(t, options={"verify_signature": False})',
     'import jwt\njwt.decode(t, key, algorithms=["RS256"], options={"verify_exp": False})'),
    ("jwt-none", 'import jwt\njwt.decode(t, k, algorithms=["none"])',
     'import jwt\njwt.decode(t, k, algorithms=a)'),
    ("jwt-literal-key", 'import jwt\njwt.encode(p, "s3cr3t")', "import jwt\njwt.encode(p, key)"),
    ("cors-open", 'app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)',
     'app.add_middleware(CORSMiddleware, allow_origins=["*"])'),
    ("open-redirect", 'from flask import redirect, request\nredirect(request.args.get("next"))',
     'from flask import redirect, url_for\nredirect(url_for("home"))'),
    ("path-of-request", 'open(f"files/{request.args[\'name\']}")', 'open(f"files/{name}")'),
    ("upload-name", 'import os\nfile.save(os.path.join(folder, file.filename))',
     'import os\nfile.save(os.path.join(folder, secure_filename(file.filename)))'),
    ("fetch-of-request", 'import requests\nrequests.get(request.GET["url"])',
     'import requests\nrequests.get(URL)'),
    ("template-of-request", 'from flask import render_template_string as r\nr(f"<b>{name}</b>")',
     'from flask import render_template_string as r\nr("<b>{{ name }}</b>", name=name)'),
    ("mongo-where", 'users.find({"$where": f"this.age > {age}"})', 'users.find({"age": {"$gt": age}})'),
    ("quick-password-digest", "import hashlib\nhashlib.sha256(password.encode())",
     "import hashlib\nhashlib.sha256(content.encode())"),
    ("secret-logged", 'logger.info(f"in with {password}")', 'logger.info(f"in with {user}")'),
    ("tls-unchecked", "import aiohttp\naiohttp.TCPConnector(ssl=False)",
     "import aiohttp\naiohttp.TCPConnector()"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "bad", "good"), GOOD_AND_BAD, ids=[each[0] for each in GOOD_AND_BAD])
def test_a_danger_is_known_and_its_safe_way_is_not_taken_for_one(name: str, bad: str, good: str) -> None:
    """Each way of writing, and the nearest one that is safe."""
    found = [(danger.name, line) for danger, line in dangers_in(ast.parse(bad))]
    assert found == [(name, bad.count("\n") + 1)]
    assert list(dangers_in(ast.parse(good))) == []


@pytest.mark.parametrize(("placeholder", "count"), [("%d", 0), ("%s", 1), ("%-4d %r", 1)])
def test_what_is_logged_as_a_number_is_no_secret(placeholder: str, count: int) -> None:
    """Such as the number of a call, which Kafka names as others do their secrets."""
    given = "3, api_key" if " " in placeholder else "api_key"
    source = f'log.error("call {placeholder}", {given})'
    assert count == len(list(dangers_in(ast.parse(source))))


def test_dangers_are_told_of_with_owasps_category(tmp_path: Path) -> None:
    """A file that Python cannot parse is left to others."""
    files = {
        "src/a.py": "x = 1\nlogger.info(password)\n",
        "src/b.py": "def",
        "tests/a.py": "log.info(password)",
    }
    here = folder(tmp_path, files)
    dangers = find_dangers(here, tree_of(here))
    what = (
        "secret-logged: a secret is written into the log (A09:2021 Security Logging and Monitoring Failures)"
    )
    assert told(ask("SEC008", dangers)) == [("src/a.py", 2, what)]
    assert is_not_applicable(ask("SEC008", Dangers()))
    assert told(ask("SEC008", Dangers(("a.py",), (complaint("a.py"),)))) == [("a.py", 3, "X1: wrong")]
