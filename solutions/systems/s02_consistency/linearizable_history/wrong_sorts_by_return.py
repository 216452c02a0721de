"""Misconception: operations take effect when they return.

The answer is on its way for a while; the effect may be long past.
"""

from math import inf

Operation = tuple[str, object, int, int | None]

_IMPOSSIBLE = object()


def linearize(history: list[Operation], initial: object = None) -> list[int] | None:
    _check(history)
    order = sorted(range(len(history)), key=lambda place: history[place][3] or inf)
    order = [place for place in order if history[place][3] is not None]
    holds = initial
    for place in order:
        holds = _after(history[place], holds)
        if holds is _IMPOSSIBLE:
            return None
    return order


def _after(operation: Operation, holds: object) -> object:
    """Return what the register holds after an operation, or that it cannot take place now."""
    kind, value, _, ret = operation
    if kind == "w":
        return value
    if kind == "r":
        return holds if value == holds else _IMPOSSIBLE
    old, new, ok = value
    if ret is None or ok:
        return new if holds == old else _IMPOSSIBLE
    return _IMPOSSIBLE if holds == old else holds


def _check(history: list[Operation]) -> None:
    """Raise ValueError for a malformed history."""
    times: set[int] = set()
    for kind, value, *span in history:
        call, ret = span
        if kind not in ("w", "r", "cas"):
            raise ValueError(f"unknown kind {kind!r}")
        if kind == "cas":
            triple = isinstance(value, tuple) and len(value) == 3
            if not triple or not isinstance(value[2], bool):
                raise ValueError(f"{value!r} is not (old, new, ok)")
        if ret is not None and ret <= call:
            raise ValueError(f"return at {ret}, call at {call}")
        for time in span:
            if time in times:
                raise ValueError(f"time {time} occurs twice")
            times |= {time} - {None}
