"""Recorded reviews: how they are written and read, which are due, and what makes a proof suspect."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats import formats, reviewing
from tenhats.cli import main
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.reviews import Review, Reviews, folder_of, read_reviews
from tenhats.facts.specs import read_specs
from tenhats.formats.markdown import read_page
from tenhats.formats.words_digest import digests_of
from tenhats.making.reviews import write_review
from tests.unit.made_up import (
    bound,
    feature,
    folder,
    requirement,
    review,
    reviews,
    scenario,
    specs,
    story,
    suite,
    task,
    tree_of,
)
from tests.world import ROOT, commit_all, git

pytestmark = pytest.mark.req("002-judging-specifications/FR-005")


SPEC = "specs/001-greeting/spec.md"
WORDS = "# Greeting\n\n- **FR-001**: System MUST greet\n"
RECORD = "specs/001-greeting/reviews/architect.toml"
GOOD = 'verdict = "approved"\non = 2026-11-22\nby = "Ada"\n\n[words]\n"FR-001" = "00112233445566aa"\n'


def read(root: Path, text: str | bytes) -> Reviews:
    """The reviews of a project with this one file."""
    here = folder(root, {SPEC: WORDS, RECORD: text})
    tree = tree_of(here)
    return read_reviews(here, tree, read_specs(here, tree))


def test_a_review_is_read(tmp_path: Path) -> None:
    """Who said what of which words, and when."""
    expected = Review(RECORD, "architect", "approved", "2026-11-22", "Ada", {"FR-001": "00112233445566aa"})
    assert Reviews({("architect", "001-greeting"): expected}) == read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no `verdict`"),
        (GOOD.replace("[words]", "[word]"), 1, "no `words`"),
        (GOOD.replace('"approved"', '"fine"'), 1, "“fine” is not one of approved, changes-requested"),
        (GOOD.replace('"Ada"', "3"), 3, "`by` is no string"),
        (GOOD.replace("2026-11-22", '"yesterday"'), 2, "`on` is no date"),
        (GOOD.replace('"00112233445566aa"', "11"), 6, "FR-001 has no text"),
        (GOOD.replace("\n\n", "\nnotes = 1\n\n"), 4, "Did you mean note?"),
        (f"{GOOD}<<<<<<< ours\n", 7, "no TOML"),
        (f'{GOOD}"FR-001" = "x"\n', 7, "no TOML"),
        (b"\xff", 1, "invalid start byte"),
    ],
)
def test_a_review_that_is_broken_is_told_of(tmp_path: Path, text: str | bytes, line: int, words: str) -> None:
    """With the line, what is wrong there, and how to make it anew; never by a traceback."""
    found = read(tmp_path, text)
    problem = found.broken["architect", "001-greeting"]
    assert {} == found.kept
    assert (RECORD, line) == (problem.path, problem.line)
    assert words in problem.message
    assert "nox -s review -- architect 001-greeting" in problem.fix


def test_a_file_of_no_persona_is_no_review(tmp_path: Path) -> None:
    """Other files may stand there."""
    here = folder(tmp_path, {SPEC: WORDS, "specs/001-greeting/reviews/notes.toml": GOOD})
    tree = tree_of(here)
    assert Reviews() == read_reviews(here, tree, read_specs(here, tree))


@given(note=st.text(), by=st.text(min_size=1), names=st.sets(st.text(min_size=1), max_size=5))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, note: str, by: str, names: set[str]
) -> None:
    """Whatever people write, and in the order of the names."""
    root = tmp_path_factory.mktemp("written")
    words, red = dict.fromkeys(names, "aa"), dict.fromkeys(names, "c0ffee: failed")
    written = Review(RECORD, "architect", "approved", "2026-11-22", by, words, note, red)
    write_review(root, written)
    document = tomllib.loads((root / RECORD).read_text("utf-8"))
    assert (by, note) == (document["by"], document.get("note", ""))
    assert sorted(names) == list(document["words"]) == list(document.get("red", {}))
    assert [Path(RECORD).name] == [path.name for path in (root / RECORD).parent.iterdir()]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("specs/001-greeting/spec.md", "specs/001-greeting/reviews"),
        (".kiro/specs/greeting/requirements.md", ".kiro/specs/greeting/reviews"),
        ("openspec/specs/greeting/spec.md", "openspec/specs/greeting/reviews"),
        ("openspec/changes/add-shout/specs/greeting/spec.md", "openspec/changes/add-shout/reviews"),
        ("docs/stories/1.1.greet.md", "docs/reviews/1.1.greet"),
    ],
)
def test_a_review_stands_beside_what_it_is_of(path: str, place: str) -> None:
    """In the feature's own folder; of BMAD's features, which are files, in one under docs/reviews/."""
    (file,) = formats.sort_out([path], "specs")
    assert file.reader.page or file.reader.format == "spec-kit"
    page = read_page("# Greeting\n")
    assert file.reader.page is not None
    assert place == folder_of(file.reader.page(page, path, file.feature))


BUILT = feature(requirement(), tasks=(task(done=True, line=7),), stories=(story(scenario()),))


@pytest.mark.req("002-judging-specifications/US2.2")
@pytest.mark.parametrize(
    ("kept", "line", "why"),
    [
        ([], 7, "001-greeting: work has begun, and the security engineer has not reviewed it"),
        ([review("architect", BUILT)], 7, "has not reviewed it"),
        (
            [review("security-engineer", BUILT, verdict="changes-requested")],
            7,
            "asked for changes on 2026-11-22",
        ),
        ([review("security-engineer", BUILT, verdict="changes-requested", note="who may?")], 7, ": who may?"),
        (
            [review("security-engineer", BUILT, words={"US1.1": "aa"})],
            10,
            "FR-001 was changed or added since",
        ),
        ([review("security-engineer", BUILT, words={})], 10, "and so were 1 more"),
    ],
)
def test_a_review_is_due(kept: list[Review], line: int, why: str) -> None:
    """It is missing, or objects, or is of other words; each at its own place."""
    owed = reviewing.due(BUILT, "security-engineer", reviews(*kept))
    assert owed is not None
    assert line == owed.line
    assert why in owed.why
    assert "nox -s review -- security-engineer 001-greeting" == owed.fix


def test_a_review_of_the_words_as_they_stand_is_enough() -> None:
    """Also when it remembers more than there is now."""
    words = {**digests_of(BUILT.promises, BUILT.name), "FR-099": "aa"}
    assert reviewing.due(BUILT, "architect", reviews(review("architect", BUILT, words=words))) is None


def test_what_nobody_works_on_is_due_to_nobody() -> None:
    """A feature without a ticked task, and one that promises nothing."""
    assert [BUILT] == reviewing.under_way(specs(BUILT, feature(requirement()), feature(tasks=BUILT.tasks)))


def states(
    before: str | None, *, changed: bool = False, recorded: str | None = None, tested: bool = True
) -> list[bool]:
    """Whether the proof of FR-001, “System MUST greet”, is suspect; empty if nothing is compared."""
    now = feature(requirement())
    old = {} if before is None else {now.name: feature(requirement(text=before))}
    seen = review("test-engineer", feature(requirement(text=recorded))) if recorded else None
    tests = suite(bound("FR-001")) if tested else suite()
    ids = frozenset(test.id for test in tests.tests) if changed else frozenset()
    found = reviewing.compared(
        specs(now), tests, EarlierSpecs(old), ChangedTests(ids), reviews(*([seen] if seen else []))
    )
    return [bool(each.why) for each in found]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ({"before": "System MUST shout"}, [True]),
        ({"before": "system must greet."}, [False]),
        ({"before": "System MUST shout", "changed": True}, [False]),
        ({"before": "System MUST shout", "recorded": "System MUST greet"}, [False]),
        ({"before": "System MUST greet", "recorded": "System MUST shout"}, [True]),
        ({"before": None, "recorded": "System MUST shout", "changed": True}, [True]),
        ({"before": None}, []),
        ({"before": "System MUST shout", "tested": False}, []),
    ],
)
def test_a_proof_is_suspect(made: dict[str, object], expected: list[bool]) -> None:
    """By the test engineer's record; without one by the base, unless a test has changed since."""
    assert expected == states(**made)  # type: ignore[arg-type]


def test_one_line_a_feature_lists_what_is_suspect() -> None:
    """The list of what is due names the first and counts the others."""
    why = "its words have changed, and its tests have not"
    seen = [
        reviewing.Compared("001-greeting", each, ("t",), why)
        for each in (requirement(), requirement("FR-002"))
    ]
    found = [
        (each.persona, each.why) for each in reviewing.all_due(specs(feature(requirement())), reviews(), seen)
    ]
    assert [("test-engineer", f"001-greeting/FR-001 is suspect: {why}; so are 1 more")] == found


def test_the_template_ships_true_reviews() -> None:
    """No answer enters the words of a requirement or a scenario, so one record fits every project."""
    text = (ROOT / "template/specs/001-greeting/spec.md.jinja").read_text("utf-8")
    (file,) = formats.sort_out([SPEC], "specs")
    assert file.reader.page is not None
    shipped = file.reader.page(read_page(text), SPEC, file.feature)
    assert not any("{{" in each.text or "{%" in each.text for each in shipped.promises)
    for persona in ("architect", "security-engineer", "test-engineer"):
        record = ROOT / f"template/specs/001-greeting/reviews/{persona}.toml"
        assert digests_of(shipped.promises, shipped.name) == tomllib.loads(record.read_text("utf-8"))["words"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one feature, the work on which has begun."""
    files = {
        "pyproject.toml": "[tool.tenhats]\n",
        SPEC: WORDS,
        "specs/001-greeting/tasks.md": "- [x] T001 Greet (FR-001)\n",
        "tests/test_a.py": 'import pytest\n\n@pytest.mark.req("FR-001")\ndef test_a(): assert 1\n',
    }
    folder(tmp_path, files)
    commit_all(tmp_path, "start")
    git(tmp_path, "config", "user.name", "Ada Lovelace")
    return tmp_path


def run(project: Path, *arguments: str) -> int:
    """Run `nox -s review` in a project; the exit code."""
    return main(["--project", str(project), "review", *arguments])


def test_reviews_are_listed_and_recorded(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is due has a command, and when the commands have run nothing is due."""
    assert 1 == run(project)
    listed = capsys.readouterr().out
    assert "2 reviews are due" in listed
    assert "    fix: nox -s review -- security-engineer 001-greeting" in listed
    assert [0, 0] == [run(project, each, "001-greeting") for each in reviewing.REVIEWERS]
    assert 0 == run(project, "--list")
    assert "no reviews are due" in capsys.readouterr().out
    record = tomllib.loads((project / RECORD).read_text("utf-8"))
    assert ("approved", "Ada Lovelace") == (record["verdict"], record["by"])


def test_a_review_says_who_and_what(project: Path) -> None:
    """The verdict, the name and a note can be given."""
    given_ = ("--verdict", "changes-requested", "--by", "Grace", "--note", "say how fast")
    assert 0 == run(project, "architect", "001-greeting", *given_)
    record = tomllib.loads((project / RECORD).read_text("utf-8"))
    assert ("changes-requested", "Grace", "say how fast") == (record["verdict"], record["by"], record["note"])
    assert 1 == run(project)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("architct", "001-greeting"), "There is no persona architct. Did you mean architect?"),
        (("architect", "001-greting"), "There is no feature 001-greting. Did you mean 001-greeting?"),
        (("architect",), "Name the feature"),
        (("architect", "002-empty"), "specs/002-empty/spec.md:1: specs/002-empty/spec.md is empty"),
    ],
)
def test_what_cannot_be_reviewed_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """An unknown persona or feature, and one whose file cannot be read: exit code 2, nothing written."""
    folder(project, {"specs/002-empty/spec.md": ""})
    assert 2 == run(project, *arguments)
    assert said in capsys.readouterr().err
    assert not (project / "specs/001-greeting/reviews").exists()
