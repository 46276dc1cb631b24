"""The table of readers: which file is read as what, by whom. The first row that fits reads the file.

In a pattern `*` is anything within a name, `**` any folders, and what the angle brackets hold is the
feature's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenhats.formats import bmad, kiro, openspec, speckit
from tenhats.formats.decided import decisions_of
from tenhats.formats.definitions import defined_in
from tenhats.formats.markdown import Page
from tenhats.formats.model import Feature

ReadPage = Callable[[Page, str, str], Feature]
ReadText = Callable[[str, str, str], Feature]


@dataclass(frozen=True)
class Reader:
    """A row of the table: the format, what the file is in it, where such files stand, who reads it.

    `part` is `specification`, `tasks` or `status`, which must yield something, and `hint` says what a
    file that yields nothing lacks; `more`, which need not; or `none`, which is not read.
    """

    format: str
    what: str
    part: str
    patterns: tuple[str, ...]
    page: ReadPage | None = None
    text: ReadText | None = None
    hint: str = ""


def _spec(page: Page, path: str, feature: str) -> Feature:
    defined = defined_in(page, path, feature)
    return Feature(
        feature,
        path,
        speckit.title_of(page, feature),
        speckit.sections_of(page, path),
        defined.requirements,
        speckit.stories_of(page, path, feature),
        speckit.questions_of(page, path),
        status=speckit.status_of(page, path),
        terms=speckit.terms_of(page, path),
        edge_cases=speckit.edge_cases_of(page, path),
        withdrawn=defined.retired,
        version=speckit.version_of(page, path),
        decisions=decisions_of(page, path, feature),
    )


def _plan(page: Page, path: str, feature: str) -> Feature:
    decisions = decisions_of(page, path, feature)
    questions = speckit.questions_of(page, path)
    return Feature(feature, path, feature, questions=questions, plan=path, decisions=decisions)


def _research(page: Page, path: str, feature: str) -> Feature:
    return Feature(feature, path, feature, decisions=decisions_of(page, path, feature))


def _design(page: Page, path: str, feature: str) -> Feature:
    decisions = decisions_of(page, path, feature)
    return Feature(feature, path, feature, plan=path, format="openspec", decisions=decisions)


def _architecture(page: Page, path: str, feature: str) -> Feature:
    return Feature(feature, path, feature, format="bmad", decisions=decisions_of(page, path, feature))


_FR = "write each one as: - **FR-001**: System MUST …"
_CRITERION = "write: ### Requirement 1: …, #### Acceptance Criteria, 1. WHEN … THE SYSTEM SHALL …"
_BLOCK = "write: ### Requirement: …, The system SHALL …, #### Scenario: …"
_AC = "write: ## Acceptance Criteria, 1. **Given** … **When** … **Then** …"
_BOX = "write each one as: - [ ] T001 … (FR-001)"
_OUT = "_bmad-output"
_EPICS = ("docs/epics", f"{_OUT}/planning-artifacts/epics")
_SHARDS = ("README", "index", "*overview*", "*summary*", "*coverage*", "*history*", "table-of-contents")
"""What remains of an epics file that was taken apart, beside the epics themselves."""
OTHER_KITS = (".specify/specs", "kitty-specs")
"""Where else features of spec-kit's format stand: beside its templates, and in spec-kitty's folder."""


def _kit(file: str) -> tuple[str, ...]:
    return tuple(f"{folder}/<**>/{file}" for folder in ("{specs}", *OTHER_KITS))


READERS = (
    Reader(
        "openspec",
        "living specification",
        "specification",
        ("openspec/specs/<**>/spec.md",),
        openspec.specification,
        hint=_BLOCK,
    ),
    Reader("openspec", "archived change: not read", "none", ("openspec/changes/archive/**",)),
    Reader(
        "openspec",
        "change delta",
        "specification",
        ("openspec/changes/<*>/specs/**/spec.md",),
        openspec.delta,
        hint=_BLOCK,
    ),
    Reader("openspec", "proposal", "more", ("openspec/changes/<*>/proposal.md",), openspec.proposal),
    Reader("openspec", "design", "more", ("openspec/changes/<*>/design.md",), _design),
    Reader("openspec", "tasks", "tasks", ("openspec/changes/<*>/tasks.md",), hint="write: - [ ] 1.1 …"),
    Reader(
        "kiro",
        "requirements",
        "specification",
        (".kiro/specs/<*>/requirements.md", ".kiro/specs/<*>/bugfix.md"),
        kiro.requirements,
        hint=_CRITERION,
    ),
    Reader("kiro", "design", "more", (".kiro/specs/<*>/design.md",), kiro.design),
    Reader("kiro", "phase", "more", (".kiro/specs/<*>/spec.json",), text=kiro.phase),
    Reader("kiro", "tasks", "tasks", (".kiro/specs/<*>/tasks.md",), hint="write: - [ ] 1.1 …"),
    Reader(
        "bmad",
        "index or report: not read",
        "none",
        (
            "docs/stories/README.md",
            "docs/stories/index.md",
            "docs/prd/README.md",
            "docs/prd/index.md",
            *(f"{home}/{name}.md" for home in _EPICS for name in _SHARDS),
            f"{_OUT}/**/*-report*.md",
            f"{_OUT}/**/*retro*.md",
            f"{_OUT}/**/*readiness*.md",
            f"{_OUT}/**/*-summary*.md",
            f"{_OUT}/**/*code-review*.md",
        ),
    ),
    Reader(
        "bmad",
        "product requirements",
        "specification",
        (
            "docs/<prd*>.md",
            f"{_OUT}/<prd*>.md",
            f"{_OUT}/planning-artifacts/<prd*>.md",
            f"{_OUT}/planning-artifacts/prds/<*>/prd.md",
            f"{_OUT}/specs/<*>/SPEC.md",
        ),
        bmad.product,
        hint="write each one as: - **FR1:** …",
    ),
    Reader(
        "bmad",
        "part of the product requirements",
        "more",
        ("docs/<prd/**/*>.md", f"{_OUT}/planning-artifacts/<prd/**/*>.md"),
        bmad.product,
    ),
    Reader(
        "bmad",
        "architecture",
        "more",
        (
            "docs/<architecture>.md",
            f"{_OUT}/**/<architecture-spine>.md",
            f"{_OUT}/planning-artifacts/<architecture*>.md",
            f"{_OUT}/<architecture*>.md",
        ),
        _architecture,
    ),
    Reader(
        "bmad",
        "epics",
        "specification",
        (
            "docs/<epic*>.md",
            "docs/<epics/*>.md",
            f"{_OUT}/<epic*>.md",
            f"{_OUT}/planning-artifacts/<epic*>.md",
            f"{_OUT}/planning-artifacts/<epics/*>.md",
        ),
        bmad.product,
        hint="write: ### Story 1.1: …, **Acceptance Criteria:**, **Given** …",
    ),
    Reader(
        "bmad",
        "story",
        "specification",
        (
            "docs/stories/<**/*>.md",
            f"{_OUT}/stories/<**/*>.md",
            f"{_OUT}/implementation-artifacts/stories/<**/*>.md",
            f"{_OUT}/implementation-artifacts/<[0-9]*-[0-9]*-*>.md",
        ),
        bmad.story,
        hint=_AC,
    ),
    Reader(
        "bmad",
        "quick specification",
        "specification",
        (f"{_OUT}/implementation-artifacts/<spec-*>.md", f"{_OUT}/implementation-artifacts/<tech-spec*>.md"),
        bmad.story,
        hint=_AC,
    ),
    Reader(
        "bmad",
        "sprint status",
        "status",
        (
            f"{_OUT}/<sprint-status>.yaml",
            f"{_OUT}/implementation-artifacts/<sprint-status>.yaml",
            "docs/<sprint-status>.yaml",
            "docs/stories/<sprint-status>.yaml",
        ),
        text=bmad.status_file,
        hint="write: development_status:, and under it a line a story: 1-1-greeting: done",
    ),
    Reader("spec-kit", "specification", "specification", _kit("spec.md"), _spec, hint=_FR),
    Reader("spec-kit", "plan", "more", _kit("plan.md"), _plan),
    Reader("spec-kit", "research", "more", _kit("research.md"), _research),
    Reader("spec-kit", "tasks", "tasks", _kit("tasks.md"), hint=_BOX),
)
"""The one table. Its order counts: the first row that fits reads the file."""
