"""What guards an output: its JSON Schema and its check, each tried on the data as made and on spoiled copies.

A schema that refuses nothing guards nothing. So every field is spoiled in several ways, in every row: the
value taken away, of another type, far too low, far too high; at last the field itself is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tenhats import processes
from tenhats.facts.tables import Table, read_table
from tenhats.facts.workroom import Room

WHOLE = "the row"
"""What stands for the field's name where rows have none."""
_FAR = 10**15
# A schema looks at one row at a time, so that a few show what it lets pass.
_SAMPLE = 100
VALUE, ABSENCE, NOTHING = "a value", "absence", "nothing"


@dataclass(frozen=True)
class Guarded:
    """What the guards of one output say: faults, a check's refusal, and the fields they leave open.

    Nothing at all notices what becomes of the `open` fields; of the `loose` ones it is noticed only that
    they are missing altogether.
    """

    rows: int = 0
    faults: tuple[str, ...] = ()
    refused: str | None = None
    unreadable: str | None = None
    open: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


def look_at_guards(room: Room, output: str, schema: str | None, check: tuple[str, ...]) -> Guarded:
    """Hold an output against its schema and its check, as it is and spoiled; it is left as it was."""
    path = room.folder / output
    content = path.read_bytes()
    refused = _refusal(room, check, output)
    try:
        table = read_table(path)
        faults_of = _judge(json.loads(room.text_of(schema)), table.kind) if schema else None
        faults = tuple(
            f"row {number}: {fault}"
            for number, row in enumerate(table.rows, 1)
            for fault in (faults_of(row) if faults_of else ())
        )
    except (OSError, ValueError, KeyError) as error:
        return Guarded(refused=refused, unreadable=f"{output}{f' or {schema}' if schema else ''}: {error}")
    if faults or refused or not table.rows:
        return Guarded(len(table.rows), faults, refused)

    def schema_notices(spoiled: Table) -> bool:
        return faults_of is not None and any(any(faults_of(row)) for row in spoiled.rows)

    def check_notices(spoiled: Table) -> bool:
        path.write_text(spoiled.text(), encoding="utf-8")
        return _refusal(room, check, output) is not None

    sample = table.with_rows(table.rows[:_SAMPLE])
    found: dict[str, set[str]] = {}
    try:
        for field in table.fields or (WHOLE,):
            found[field] = {_noticed(sample, field, schema_notices)}
            if check and VALUE not in found[field]:
                found[field].add(_noticed(table, field, check_notices))
    finally:
        path.write_bytes(content)
    return Guarded(
        len(table.rows),
        open=tuple(field for field, noticed in found.items() if noticed == {NOTHING}),
        loose=tuple(field for field, noticed in found.items() if ABSENCE in noticed and VALUE not in noticed),
    )


def _noticed(table: Table, field: str, notices: Callable[[Table], bool]) -> str:
    if any(notices(spoiled) for spoiled in _spoiled(table, field)):
        return VALUE
    without = [{key: row[key] for key in row if key != field} for row in table.rows if isinstance(row, dict)]
    return ABSENCE if without and notices(table.with_rows(without)) else NOTHING


def _spoiled(table: Table, field: str) -> Iterator[Table]:
    """Copies of the rows with one field spoiled in each of them."""
    text = table.kind == "csv"
    values: list[Any] = ["", "spoiled ☠", str(-_FAR), str(_FAR)] if text else [None, "spoiled ☠", -_FAR, _FAR]
    if not text:
        values.insert(1, {"spoiled": True})
    for value in values:
        if field == WHOLE and not table.fields:
            yield table.with_rows([value] * len(table.rows))
        else:
            yield table.with_rows(
                [{**row, field: value} if isinstance(row, dict) else row for row in table.rows]
            )


def _refusal(room: Room, check: tuple[str, ...], output: str) -> str | None:
    """Why the check refuses the output that lies there; None if it does not, or there is no check."""
    if not check:
        return None
    try:
        done = room.run([word.replace("{output}", output) for word in check])
    except processes.TimedOut as error:
        return str(error)
    return f"it ended with {done.code}: {done.last_words}" if done.code else None


def _judge(schema: Any, kind_of_file: str) -> Callable[[Any], Iterator[str]]:
    """What a schema says of a row.

    Raises:
        ValueError: if it is no JSON Schema.
    """
    from jsonschema import exceptions, validators

    if not isinstance(schema, dict):
        raise ValueError("this is no JSON Schema: it is not an object")
    kind = validators.validator_for(schema)
    try:
        kind.check_schema(schema)
    except exceptions.SchemaError as fault:
        raise ValueError(f"this is no JSON Schema: {fault.message}") from None
    validator = kind(schema)

    def faults(row: Any) -> Iterator[str]:
        typed = _as_typed(row, schema) if kind_of_file == "csv" else row
        for error in validator.iter_errors(typed):
            yield f"{'.'.join(map(str, error.absolute_path)) or WHOLE}: {error.message}"

    return faults


def _as_typed(row: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A row of text, with the numbers that its schema says are numbers."""
    typed: dict[str, Any] = dict(row)
    for name, rules in schema.get("properties", {}).items():
        kinds = rules.get("type", []) if isinstance(rules, dict) else []
        convert = {"integer": int, "number": float}.get(kinds if isinstance(kinds, str) else "")
        if convert and isinstance(row.get(name), str):
            try:
                typed[name] = convert(row[name])
            except ValueError:
                continue
    return typed
