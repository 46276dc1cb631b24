"""The front door. It knows no rule: every session hands its words to the tooling in `tenhats/`.

`nox -l` lists the sessions; `nox -s gates -- --help` and the like show what follows the `--`.
"""

import subprocess
import sys

import nox

nox.needs_version = ">=2025.5.1"
nox.options.sessions = ["gates"]
nox.options.error_on_missing_interpreters = True

# nox itself knows only success and failure; that nothing could be judged is more than a failure.
CANNOT_RUN = 2

SESSIONS = {
    "gates": "All rules, eight gates, one verdict",
    "architect": "The Architect's rules",
    "specification-engineer": "The Specification Engineer's rules",
    "test-engineer": "The Test Engineer's rules",
    "implementation-developer": "The Implementation Developer's rules",
    "data-engineer": "The Data Engineer's rules",
    "ml-engineer": "The ML/AI Engineer's rules",
    "devops-engineer": "The DevOps Engineer's rules",
    "security-engineer": "The Security Engineer's rules",
    "performance-engineer": "The Performance Engineer's rules",
    "documentation-engineer": "The Documentation Engineer's rules",
    "bmad": "The BMAD board: each feature and the step it has reached",
    "spec-kit": "The spec-kit board: each feature and the step it has reached",
    "trace": "From each requirement to its tests and its lines, and back",
    "bite": "Which functions the requirements' tests really examine, one by one",
    "profile": "Where the time of each benchmark goes, with a flame graph",
    "spec": 'Make the next specification: nox -s spec -- "Title"',
    "adr": 'Make the next decision record: nox -s adr -- "Title"',
    "review": "Record a review: nox -s review -- architect 001-greeting",
    "retro": "Make a retrospective, with the figures since the last one",
    "agents": "Make the agents' files from personas/",
    "brief": "One page for an agent: nox -s brief -- architect 001-greeting",
    "explain": "A page on a rule, a gate or a persona: nox -s explain -- SPC003",
    "docs": "Build the site, with the interface, the verdicts and the trace",
}


def front_door(name: str, title: str) -> None:
    """Make the session `name`, which `nox -l` describes by `title`."""

    def session(session: nox.Session) -> None:
        code = subprocess.call([sys.executable, "tenhats", name, *session.posargs])
        if code == CANNOT_RUN:
            raise SystemExit(CANNOT_RUN)
        if code:
            session.error(f"{name} ended with {code}")

    session.__doc__ = title
    nox.session(name=name, python=False)(session)


for name, title in SESSIONS.items():
    front_door(name, title)
