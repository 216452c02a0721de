"""The worker halves of the kit's words: plain functions on the learner's own objects.

References are resolved before these run; results are live objects and encoded afterwards, so
that aliasing among them shows. Refuses to know sockets and limits.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from graders.kit.inside.kept import Kept, kept
from graders.kit.inside.threads import run_threads


def _series(
    steps: list[tuple[Any, ...]], call: Callable[[tuple[Any, ...]], Any], keep: bool
) -> tuple[list[Any], list[tuple[int, Kept]]]:
    """Make the calls one after the other; errors are kept by index, or leave with a note.

    A NotImplementedError (an untouched stub) and a MemoryError (a limit) always leave.
    """
    values: list[Any] = []
    errors: list[tuple[int, Kept]] = []
    for index, step in enumerate(steps):
        try:
            values.append(call(step))
        except Exception as error:
            if not keep or isinstance(error, (NotImplementedError, MemoryError)):
                error.add_note(f"at call {index + 1} of {len(steps)} in one round trip")
                raise
            values.append(None)
            errors.append((index, kept(error)))
    return values, errors


def replay(obj: Any, ops: list[tuple[Any, ...]], keep: bool) -> Any:
    """Call methods of `obj` in order; return (results, [(index, kept error)])."""
    return _series(ops, lambda step: getattr(obj, step[0])(*step[1:]), keep)


def call_many(function: Callable[..., Any], calls: list[tuple[Any, ...]], keep: bool) -> Any:
    """Call `function` with each argument tuple; return (results, [(index, kept error)])."""
    return _series(calls, lambda args: function(*args), keep)


def checked(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Call `function`; return its result and the arguments as they are afterwards."""
    return function(*args), args


def take(iterator: Iterator[Any], n: int) -> list[Any]:
    """Return the next `n` items, fewer at the end."""
    return list(islice(iterator, n))


def state(built: Any) -> dict[str, Any]:
    """Return what an object made by `inside.build` has counted."""
    counts: dict[str, Any] = built.state()
    return counts


_held: dict[int, Any] = {}
_spent: list[Any] = []
_number = 0


def hold(batch: list[Any]) -> list[int]:
    """Keep values beside the learner's code; return a number for each."""
    global _number
    _spent.clear()  # what the last timed run used is freed here, outside any timing
    numbers = []
    for each in batch:
        _number += 1
        _held[_number] = each
        numbers.append(_number)
    return numbers


def hold_objects(made: Callable[..., Any], batch: list[tuple[Any, Any]]) -> list[int]:
    """Keep (new object, ops for it) for each (init arguments, ops) of the batch."""
    return hold([(made(*init), ops) for init, ops in batch])


def run_held(function: Callable[..., Any], numbers: list[int]) -> None:
    """Call `function` with each held argument tuple; results are dropped."""
    inputs = [_held.pop(number) for number in numbers]
    _spent.extend(inputs)
    with _CollectorOff():
        for args in inputs:
            function(*args)


def run_held_objects(numbers: list[int]) -> None:
    """Replay the held ops on each held object; results are dropped."""
    inputs = [_held.pop(number) for number in numbers]
    _spent.extend(inputs)
    with _CollectorOff():
        for obj, ops in inputs:
            for method, *args in ops:
                getattr(obj, method)(*args)


def call_held(function: Callable[..., Any], number: int) -> int:
    """Call `function` with held arguments; return the number under which its result is held."""
    return hold([function(*_held.pop(number))])[0]


def fetch(number: int) -> Any:
    """Return a held value and forget it."""
    return _held.pop(number)


def forget() -> None:
    """Forget everything held."""
    _held.clear()
    _spent.clear()


class _CollectorOff:
    """Keep the cyclic collector from running at random points of a timed series."""

    def __enter__(self) -> None:
        self._on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._on:
            gc.enable()


def open_files() -> int:
    """Return how many file descriptors this process has open."""
    count = 0
    for number in range(4096):
        try:
            os.fstat(number)
        except OSError:
            continue
        count += 1
    return count


def _late(module: str, name: str) -> Callable[..., Any]:
    """Return a function of a module that only katas with a database have loaded."""

    def call(*args: Any) -> Any:
        return getattr(import_module(f"graders.kit.inside.{module}"), name)(*args)

    return call


OPS: dict[str, Callable[..., Any]] = {
    "call_held": call_held,
    "call_many": call_many,
    "checked": checked,
    "fetch": fetch,
    "forget": forget,
    "hold": hold,
    "hold_objects": hold_objects,
    "open_files": open_files,
    "replay": replay,
    "run_held": run_held,
    "run_held_objects": run_held_objects,
    "run_threads": run_threads,
    "sql_clear_log": _late("sql", "clear_log"),
    "sql_execute": _late("clerk", "execute"),
    "sql_forget": _late("clerk", "forget"),
    "sql_log": _late("sql", "log"),
    "sql_query": _late("clerk", "query"),
    "state": state,
    "take": take,
}
