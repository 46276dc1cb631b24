"""Write a review down, in a form that merges well: a line a requirement, in the order of their names."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tenhats import processes
from tenhats.errors import CannotRun
from tenhats.facts.reviews import Review


def write_review(root: Path, review: Review) -> None:
    """Write the file of a review, whole or not at all."""
    lines = [f"verdict = {_quoted(review.verdict)}", f"on = {review.on}", f"by = {_quoted(review.by)}"]
    lines += [f"note = {_quoted(review.note)}"] if review.note else []
    lines += ["", "[words]"]
    lines += [f"{_quoted(name)} = {_quoted(digest)}" for name, digest in sorted(review.words.items())]
    lines += ["", "[red]"] if review.red else []
    lines += [f"{_quoted(name)} = {_quoted(said)}" for name, said in sorted(review.red.items())]
    path = root / review.path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    unfinished.replace(path)


def reviewer(root: Path) -> str:
    """Who reviews, as git knows them: a name, or else an address.

    Raises:
        CannotRun: if git knows neither.
    """
    for key in ("user.name", "user.email"):
        done = processes.run(["git", "config", "--get", key], cwd=root)
        if done.code == 0 and done.out.strip():
            return done.out.strip()
    raise CannotRun("Whose review is it? git has no user.name here. Say it: --by NAME")


def _quoted(text: str) -> str:
    """A basic string of TOML, which is JSON's but for one character that must be escaped too."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
