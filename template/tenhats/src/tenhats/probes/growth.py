"""Times a function on inputs of size n, 2n, 4n and 8n. Run in the project's own environment.

Standard input says what: `call`, the function, and `input`, the function that makes an argument of a size,
both as `module:name`. The answer, on the last line of standard output, is the sizes and the times in
seconds; `steady` is false if the machine was too busy to say.

The smallest of several rounds is taken, because whatever disturbs a measurement makes it longer, never
shorter; and calls are kept short, because a short one is the less likely to be disturbed. It knows nothing
but the standard library.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

_SHORTEST, _BATCH = 0.00003, 0.0003
_LARGEST = 1 << 17
_FEWEST, _MOST = 7, 60
_PATIENCE = 4.0
_SPREAD = 1.15


def main() -> None:
    """Measure what standard input asks for."""
    asked = json.load(sys.stdin)
    call, make = (_found(asked[key]) for key in ("call", "input"))
    size, number = _begin(call, make)
    sizes = [size * factor for factor in (1, 2, 4, 8)]
    times: dict[int, list[float]] = {each: [] for each in sizes}
    until = time.perf_counter() + _PATIENCE
    steady = False
    for turn in range(_MOST):
        # Side by side, so that a slow moment of the machine does not fall on one size alone.
        for each in sizes:
            times[each].append(_once(call, make(each), number))
        steady = turn + 1 >= _FEWEST and all(_is_steady(times[each]) for each in sizes)
        if steady or (turn + 1 >= _FEWEST and time.perf_counter() > until):
            break
    print()
    print(json.dumps({"sizes": sizes, "times": [min(times[each]) for each in sizes], "steady": steady}))


def _found(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    thing: Any = importlib.import_module(module)
    for part in attribute.split("."):
        thing = getattr(thing, part)
    return thing  # type: ignore[no-any-return]


def _begin(call: Callable[..., Any], make: Callable[..., Any]) -> tuple[int, int]:
    """The smallest size that takes long enough to be timed, and how often to call."""
    size = 16
    call(make(size))
    while _least(call, make(size), 1) < _SHORTEST and 8 * size < _LARGEST:
        size *= 2
    argument, number = make(size), 1
    if _least(call, argument, number) < _SHORTEST:
        while number * _least(call, argument, number) < _BATCH:
            number *= 2
    return size, number


def _least(call: Callable[..., Any], argument: Any, number: int) -> float:
    return min(_once(call, argument, number) for _ in range(3))


def _once(call: Callable[..., Any], argument: Any, number: int) -> float:
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        for _ in range(number):
            call(argument)
        return (time.perf_counter() - begun) / number
    finally:
        gc.enable()


def _is_steady(times: list[float]) -> bool:
    """Whether the three best rounds agree."""
    first, _, third = sorted(times)[:3]
    return third <= first * _SPREAD


if __name__ == "__main__":
    main()
