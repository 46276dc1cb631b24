"""What the project's own code tells of its models, its operations and its schemas.

A process of the project's environment imports the modules that matter, and asks the libraries that the
models and the application are written with. Nothing is imported where no feature has a contract, and of the
sources only what a contract may correspond to.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.contracts.references import Library
from tenhats.contracts.uses import named_schemas, plain
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.contracts import Files, read_files
from tenhats.facts.doors import Doors
from tenhats.facts.environment import install_project
from tenhats.facts.exposed import assigned
from tenhats.facts.tree import Tree
from tenhats.sources.names import imported, parsed

_PROBE = Path(__file__).parents[1] / "probes" / "told"
_LIMIT = 120.0
_MODELS = {"pydantic", "msgspec", "fastapi", "sqlmodel", "pydantic_settings", "beanie"}
_GRAPHS = {"strawberry", "graphene", "ariadne", "graphql"}
_SERVED = {"FastAPI", "Flask", "get_wsgi_application", "get_asgi_application"}
_SETTINGS = re.compile(r"DJANGO_SETTINGS_MODULE[\"'], {0,4}[\"']([\w.]{1,200})[\"']")


@dataclass(frozen=True)
class Model:
    """A data model: where it and its fields stand, and its JSON Schema for what it takes and gives.

    `checked` are the fields that functions check, of which no schema tells; `*` where one checks all. The
    schemas are None where no contract has its name, or where the library cannot make one: `why`.
    """

    name: str
    path: str
    line: int
    fields: dict[str, tuple[str, int]]
    checked: tuple[str, ...] = ()
    taken: dict[str, Any] | None = None
    given: dict[str, Any] | None = None
    why: str = ""


@dataclass(frozen=True)
class Application:
    """A web application as an OpenAPI description; one that is not `whole` names operations alone."""

    kind: str
    path: str
    whole: bool
    document: dict[str, Any]


@dataclass(frozen=True)
class Graph:
    """A GraphQL schema in the code, as SDL."""

    path: str
    name: str
    text: str


@dataclass(frozen=True)
class Trouble:
    """What could not be imported or asked, and for what it was wanted: models, applications or graphs."""

    what: str
    why: str
    wanted_for: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What the code tells. `reason` says why nothing was asked."""

    models: tuple[Model, ...] = ()
    applications: tuple[Application, ...] = ()
    graphs: tuple[Graph, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    reason: str = ""

    def unseen(self, wanted_for: str) -> str:
        """Why something of a kind was not seen; "" if all of it was."""
        found = [each for each in self.troubles if wanted_for in each.wanted_for]
        if not found:
            return ""
        more = f" (and {len(found) - 1} more)" if found[1:] else ""
        way = "let it be imported without secrets and services, or give samples in .env.example"
        return f"{found[0].what} could not tell: {found[0].why}{more}; {way}"


@dataclass(frozen=True)
class _Wanted:
    """What is to be imported, and for what."""

    models: tuple[str, ...]
    applications: tuple[str, ...]
    graphs: tuple[str, ...]
    names: tuple[str, ...]
    settings: str

    @property
    def modules(self) -> list[str]:
        return list(dict.fromkeys((*self.applications, *self.models, *self.graphs)))

    def of(self, what: str) -> tuple[str, ...]:
        """For what a module is wanted, or a kind of things."""
        kinds = {"models": self.models, "applications": self.applications, "graphs": self.graphs}
        found = tuple(kind for kind, modules in kinds.items() if what in (*modules, kind))
        return found or ("applications",)


@fact(reads=("*.py", "pyproject.toml", "tenhats/pyproject.toml", ".env.example", "*/contracts/*"))
def ask_the_code(project: Project, tree: Tree, doors: Doors) -> Told:
    """Import what may correspond to a contract, and have it tell; nothing else is run."""
    files = read_files(project.root, tree.files, project.settings.specs)
    if not (files.documents or files.graphql):
        return Told(reason="no feature has a contract that code could be compared with")
    home = _home(project.settings.source, tree)
    wanted = _wanted(project, tree, doors, files, home)
    if not (wanted.modules or wanted.settings):
        return Told(reason="no model, application or schema of the sources belongs to a contract")
    environment = install_project(project)
    said = _asked(project, environment.interpreter(), wanted, home)
    troubles = [Trouble(each["what"], each["why"], wanted.of(each["what"])) for each in said["troubles"]]
    if wanted.applications and not (said["applications"] or troubles):
        why = "it holds no application, and no create_app() that can be called with nothing"
        troubles.append(Trouble(wanted.applications[0], why, ("applications",)))
    return Told(
        tuple(_model(each) for each in said["models"]),
        tuple(Application(**each) for each in said["applications"]),
        tuple(Graph(**each) for each in said["graphs"]),
        tuple(troubles),
    )


def _model(each: Mapping[str, Any]) -> Model:
    fields = {name: (path, line) for name, (path, line) in each["fields"].items()}
    return Model(**{**each, "fields": fields, "checked": tuple(each["checked"])})


def _asked(project: Project, python: str, wanted: _Wanted, home: str) -> dict[str, Any]:
    root = project.root
    places = (_PROBE, root / home, root / project.settings.source, root, os.environ.get("PYTHONPATH", ""))
    question = {
        "root": str(root),
        "modules": wanted.modules,
        "applications": wanted.applications,
        "names": wanted.names,
        "settings": wanted.settings,
    }
    try:
        done = processes.run(
            [python, str(_PROBE / "tenhats_told.py")],
            cwd=root,
            env={
                **_sample(project),
                "PYTHONPATH": os.pathsep.join(str(each) for each in places if each),
                "PYTHONSAFEPATH": "1",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            given=json.dumps(question),
            timeout=_LIMIT,
        )
    except processes.TimedOut as error:
        msg = f"the code could not tell of its models: {error}"
        raise Unavailable(msg) from None
    try:
        return dict(json.loads(done.out.splitlines()[-1]))
    except (ValueError, IndexError):
        msg = f"the code could not tell of its models: {done.last_words or done.code}"
        raise Unavailable(msg) from None


def _sample(project: Project) -> dict[str, str]:
    """What `.env.example` sets and the environment does not, so that settings can be read."""
    path = project.root / ".env.example"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return {
        each.name: each.value
        for each in assigned(path.name, text)
        if each.value and each.name not in os.environ
    }


def _wanted(project: Project, tree: Tree, doors: Doors, files: Files, home: str) -> _Wanted:
    """The modules that may hold what some contract speaks of."""
    names = {name for each in named_schemas(Library(files.documents.values())) for name in each.names}
    described = any("openapi" in each.data for each in files.documents.values())
    apps = (
        {each.path: each.name for each in doors.doors if each.kind == "web application"} if described else {}
    )
    models, graphs, asks_for_models = [], [], False
    for path, module in _sources(project, tree):
        used = {name.partition(".")[0] for name in imported(module).values()}
        asks_for_models = asks_for_models or bool(used & _MODELS)
        if files.documents and any(plain(each.name) in names for each in _derived(module)):
            models.append(path)
        if files.graphql and used & _GRAPHS:
            graphs.append(path)
    django = any(name.startswith("get_") for name in apps.values())
    served = [path for path, name in apps.items() if name in _SERVED and not name.startswith("get_")]
    return _Wanted(
        tuple(_dotted(each, home) for each in models) if asks_for_models else (),
        tuple(_dotted(each, home) for each in served),
        tuple(_dotted(each, home) for each in graphs),
        tuple(sorted(names)),
        _django_settings(project, tree) if django else "",
    )


def _sources(project: Project, tree: Tree) -> Iterator[tuple[str, ast.Module]]:
    for path in tree.matching(f"{project.settings.source}/*.py"):
        module = parsed((project.root / path).read_bytes())
        if module:
            yield path, module


def _derived(module: ast.Module) -> Iterable[ast.ClassDef]:
    """The classes that are made of something: a model has a base or a decorator."""
    every = (each for each in ast.walk(module) if isinstance(each, ast.ClassDef))
    return (each for each in every if each.bases or each.decorator_list)


def _home(source: str, tree: Tree) -> str:
    """The folder that modules are imported from; the folder of the sources may be a package itself."""
    while source and f"{source}/__init__.py" in tree.files:
        source = source.rpartition("/")[0]
    return source


def _dotted(path: str, home: str) -> str:
    inside = path.removeprefix(f"{home}/" if home else "").removesuffix(".py")
    return inside.removesuffix("/__init__").replace("/", ".")


def _django_settings(project: Project, tree: Tree) -> str:
    """The module that `manage.py` or `wsgi.py` names."""
    for path in tree.matching("manage.py", "*/manage.py", "*/wsgi.py", "*/asgi.py"):
        found = _SETTINGS.search((project.root / path).read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
    return ""
