"""What the specification engineer asks of contracts."""

from __future__ import annotations

import pytest

from tenhats.contracts import Change
from tenhats.facts.contract_changes import Compared, ContractChanges
from tenhats.facts.contracts import Contract, Contracts
from tenhats.facts.earlier import EarlierSpecs
from tenhats.facts.mentions import Mention, Mentions
from tenhats.formats.model import Version
from tenhats.rule import Findings
from tests.unit.made_up import SPEC, ask, complaint, feature, is_not_applicable, is_silent, specs, told

pytestmark = pytest.mark.req("003-contracts/FR-003")


PATH = "specs/001-greeting/contracts/api.yaml"
GONE = Change("api-removed", PATH, 7, "GET /a is gone", "keep GET /a")


def test_a_faulty_contract_is_told_of_at_the_fault() -> None:
    """The finding says what kind of contract it is and what its library says."""
    contract = Contract(PATH, "OpenAPI", (complaint(PATH, 4, "openapi", "'paths' is missing"),))
    findings = ask("SPC007", Contracts((contract,)))
    assert told(findings) == [(PATH, 4, "OpenAPI: 'paths' is missing")]


def test_a_valid_contract_is_accepted() -> None:
    """A contract without complaints passes."""
    assert is_silent(ask("SPC007", Contracts((Contract("x.json", "JSON Schema", ()),))))


def test_without_contracts_there_is_nothing_to_validate() -> None:
    """A project without contracts is not applicable."""
    assert is_not_applicable(ask("SPC007", Contracts()))


def test_contracts_in_prose_are_no_silent_pass() -> None:
    """Alone, they are the reason; beside others, they are named."""
    alone = ask("SPC007", Contracts(unread=("a.md", "b.md")))
    beside = ask("SPC007", Contracts((Contract(PATH, "OpenAPI"),), ("a.md",)))
    assert (is_not_applicable(alone), alone.nothing.endswith("validate a.md and 1 more")) == (True, True)
    assert [(each.path, each.message) for each in beside.advised] == [("a.md", "not looked at: a.md")]


def test_contracts_that_nobody_could_ask_about_are_unchecked() -> None:
    """However good the others are."""
    findings = ask("SPC007", Contracts((Contract(PATH, "OpenAPI"),), unseen="there is no buf"))
    assert findings.unseen == "there is no buf"


def test_a_contract_that_nothing_speaks_of_is_told_of() -> None:
    """The fix has the words to write."""
    findings = ask("SPC023", Mentions((Mention(PATH), Mention("b.yaml", where=(SPEC,)))))
    assert told(findings) == [(PATH, 1, "nothing in this feature speaks of api.yaml")]
    assert findings.found[0].fix.startswith("name contracts/api.yaml")


def test_prose_that_nothing_speaks_of_is_advice() -> None:
    """People find prose by its folder."""
    findings = ask("SPC023", Mentions((Mention("a.md", is_prose=True),)))
    assert (findings.found, len(findings.advised)) == ([], 1)


def test_without_contracts_nothing_need_be_spoken_of() -> None:
    """Not applicable."""
    assert is_not_applicable(ask("SPC023", Mentions()))


def kept(
    *compared: Compared, before: str | None = None, after: str | None = None, unseen: str = ""
) -> Findings:
    """What SPC024 says, the specification having had one version and having another now."""
    was, now = (feature(version=Version(SPEC, 3, each) if each else None) for each in (before, after))
    return ask("SPC024", specs(now), EarlierSpecs({was.name: was}), ContractChanges(compared, "", unseen))


def test_a_break_is_told_of_at_its_line() -> None:
    """With its name, and both ways out."""
    findings = kept(Compared(PATH, before="1.2.0", after="1.3.0", changes=(GONE,)))
    assert told(findings) == [(PATH, 7, "api-removed: GET /a is gone")]
    assert findings.found[0].fix == "keep GET /a; or raise the contract's version to 2.0.0"


@pytest.mark.parametrize(
    ("before", "after"), [("1.2.0", "2.0.0"), ("0.3.1", "0.4.0"), ("v1", "v2"), ("0.9", "1.0"), (None, "2.0")]
)
def test_a_raised_version_allows_it(before: str | None, after: str) -> None:
    """Of the contract or of the specification; below 1.0 the minor one is enough."""
    assert is_silent(kept(Compared(PATH, before=before, after=after, changes=(GONE,))))
    assert is_silent(kept(Compared(PATH, changes=(GONE,)), before=before, after=after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.2.0", "1.3.0"),
        ("0.3.1", "0.3.2"),
        ("2.0.0", "1.0.0"),
        (None, "1.1"),
        (None, None),
        ("1.0", "next"),
    ],
)
def test_a_version_raised_too_little_does_not(before: str | None, after: str | None) -> None:
    """Nor one that is no number."""
    assert len(kept(Compared(PATH, before=before, after=after, changes=(GONE,))).found) == 1
    assert len(kept(Compared(PATH, changes=(GONE,)), before=before, after=after).found) == 1


def test_a_specification_that_has_not_changed_allows_nothing() -> None:
    """However high its version."""
    now = specs(feature(version=Version(SPEC, 3, "3.0.0")))
    findings = ask("SPC024", now, EarlierSpecs({}), ContractChanges((Compared(PATH, changes=(GONE,)),)))
    assert findings.found[0].fix.endswith("**Version**: 4.0.0")


def test_a_contract_without_a_version_asks_for_the_specifications() -> None:
    """In the form in which it is written."""
    findings = kept(Compared(PATH, changes=(GONE,)), before="0.3.0", after="0.3.0")
    assert findings.found[0].fix == "keep GET /a; or raise the specification's: **Version**: 0.4.0"


def test_what_may_break_a_client_is_advice() -> None:
    """It fails nobody."""
    perhaps = Change("pattern-changed", PATH, 7, "has another pattern", "look", breaking=False)
    findings = kept(Compared(PATH, changes=(perhaps,)))
    assert ([], [(PATH, 7)]) == (findings.found, [(each.path, each.line) for each in findings.advised])


def test_a_contract_that_is_gone_is_told_of_at_its_feature() -> None:
    """If the feature is still there."""
    elsewhere = Compared("specs/002-gone/contracts/api.yaml", is_gone=True)
    findings = kept(Compared(PATH, is_gone=True, before="1.0.0"), elsewhere)
    assert told(findings) == [(SPEC, 1, "the contract contracts/api.yaml is gone; clients built on it")]


def test_what_could_not_be_compared_is_unchecked() -> None:
    """However good the rest is."""
    assert kept(Compared(PATH), unseen="there is no buf").unseen == "there is no buf"


def test_without_a_base_no_contract_can_be_kept() -> None:
    """The reason is the base's."""
    findings = ask("SPC024", specs(), EarlierSpecs({}), ContractChanges(reason="there is one commit only"))
    assert (findings.looked_at, findings.nothing) == (0, "there is one commit only")
