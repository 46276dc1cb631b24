"""Imports modules of the project and tells what they declare. Run in the project's own environment.

Standard input says which: `root`, the project's folder; `modules`, what to import; `applications`, those of
them that make a web application; `names`, the models to tell; `settings`, Django's settings module or "".
The answer, on the last line of standard output, has `models`, `applications`, `graphs` and `troubles`:
what could not be imported or asked, and why. It knows nothing but the standard library and what
the project has imported itself.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import tenhats_applications  # type: ignore[import-not-found]
import tenhats_models  # type: ignore[import-not-found]
import tenhats_schemas  # type: ignore[import-not-found]


def main() -> None:
    """Answer what standard input asks."""
    asked = json.load(sys.stdin)
    # What the project prints when it is imported is no answer.
    answer_to, sys.stdout = sys.stdout, sys.stderr
    warnings.simplefilter("ignore")
    troubles: list[dict[str, str]] = []
    if asked["settings"]:
        _try(troubles, asked["settings"], lambda: _django(asked["settings"]))
    for name in asked["modules"]:
        _try(troubles, name, functools.partial(_imported, name))
    loaded = [sys.modules[name] for name in asked["modules"] if name in sys.modules]
    doors = [each for each in loaded if each.__name__ in set(asked["applications"])]
    root = os.path.realpath(asked["root"])
    told = {
        "models": _try(troubles, "models", lambda: tenhats_models.told(loaded, root, asked["names"])),
        "applications": _try(
            troubles,
            "applications",
            lambda: tenhats_applications.told(doors, root, asked["settings"]),
        ),
        "graphs": _try(troubles, "graphs", lambda: tenhats_schemas.told(loaded, root)),
    }
    print(json.dumps({**told, "troubles": troubles}, default=str), file=answer_to, flush=True)
    # A thread that the project has started, or what it does at its end, concerns nobody here.
    os._exit(0)


def _imported(name: str) -> list[Any]:
    return [importlib.import_module(name)]


def _django(settings: str) -> list[Any]:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    importlib.import_module("django").setup()
    return []


def _try(troubles: list[dict[str, str]], what: str, call: Callable[[], Iterable[Any]]) -> list[Any]:
    """What a call gives; whatever it raises, were it an exit, is told and stops nothing else."""
    try:
        return list(call())
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        said = str(error).strip().splitlines()
        told = f"{type(error).__name__}: {said[0][:300]}" if said else type(error).__name__
        troubles.append({"what": what, "why": told})
        return []


if __name__ == "__main__":
    main()
