"""Objects of the suite built anew beside the learner's code: stream, compute, scripted.

Each comes from plain data and can tell its `state()` as plain data. What they count is counted
beside code that can tamper with it: it may fail a submission, never earn points by itself.
"""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable
from typing import Any

# A gate that does not open gives up after so many wake-ups. Each needs the processor, so a busy
# machine stretches the patience; on an idle one it is five seconds. The judge's deadline is
# shorter and usually ends a stuck test first.
_WAKE_S = 0.01
_PATIENCE = 500


class Stream:
    """A one-pass iterator that counts the items handed out and those still alive.

    An item is an instance of a subclass of its type, so that its death can be seen; a copy made
    from it (`line.strip()`, `list(row)`) is not counted.
    """

    def __init__(self, spec: list[Any]) -> None:
        self._left = spec[::-1]
        self._dead: list[None] = []  # append is atomic, also in a destructor between two opcodes
        self._types: dict[type, type] = {}
        self.reads = 0
        self.peak_live = 0

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Any:
        if not self._left:
            raise StopIteration
        item = self._left.pop()
        kind = self._types.get(type(item)) or self._watched(type(item))
        item = kind(item)
        self.reads += 1
        self.peak_live = max(self.peak_live, self.reads - len(self._dead))
        return item

    def _watched(self, base: type) -> type:
        """Make the subclass of `base` whose instances report their end."""
        dead = self._dead

        def report(_item: Any, add: Callable[[None], None] = dead.append) -> None:
            add(None)

        def plain(item: Any, _protocol: Any) -> tuple[Any, ...]:
            if base is str:
                return str, (str.__str__(item),)
            return base, (base(item),)

        made = type(base.__name__, (base,), {"__del__": report, "__reduce_ex__": plain})
        self._types[base] = made
        return made

    def state(self) -> dict[str, Any]:
        """Return reads and peak_live."""
        return {"reads": self.reads, "peak_live": self.peak_live}


def _less(first: Any, second: Any) -> Any:
    return first < second


def _threshold(data: Any) -> Callable[..., Any]:
    return lambda x: x >= data


def _item(data: Any) -> Callable[..., Any]:
    return lambda index: data[index]


def _polynomial(data: Any) -> Callable[..., Any]:
    highest_first = tuple(reversed(data))

    def value(x: Any) -> Any:
        total = 0
        for coefficient in highest_first:  # Horner's rule
            total = total * x + coefficient
        return total

    return value


_COMPUTES: dict[str, Callable[[Any], Callable[..., Any]]] = {
    "less": lambda _data: _less,
    "threshold": _threshold,
    "character": _item,
    "polynomial": _polynomial,
    "table": _item,
}


class Compute:
    """A named operation on plain data that counts its calls."""

    __slots__ = ("_run", "calls")

    def __init__(self, spec: tuple[str, Any]) -> None:
        op, data = spec
        self._run = _COMPUTES[op](data)
        self.calls = 0

    def __call__(self, *args: Any) -> Any:
        """Count and compute; errors are those of the operation."""
        self.calls += 1
        return self._run(*args)

    def state(self) -> dict[str, Any]:
        """Return calls."""
        return {"calls": self.calls}


class Scripted:
    """A callable that follows a list of steps: one step for each call, a gate for k calls."""

    def __init__(self, spec: list[tuple[Any, ...]]) -> None:
        self._steps = spec
        self._at = 0
        self._waiting = 0
        self._lap = 0  # how many gates have opened
        self._shared: tuple[Any, ...] = ()
        self._turn = threading.Condition()
        self._calls: list[tuple[Any, ...]] = []

    def __call__(self, *args: Any) -> Any:
        """Follow the step this call stands at."""
        with self._turn:
            self._calls.append(args)
            step = self._take()
            if step[0] == "gate":
                step = self._gate(step[1])
        if step[0] == "return":
            return step[1]
        raise _exception(step[1])(*step[2:])

    def _take(self) -> tuple[Any, ...]:
        """Return the step this call stands at; a gate stays until it opens."""
        if self._at >= len(self._steps):
            raise RuntimeError(
                f"scripted: call {len(self._calls)}, but the script has ended "
                f"({len(self._steps)} steps)"
            )
        step = self._steps[self._at]
        if step[0] != "gate":
            self._at += 1
        return step

    def _gate(self, callers: int) -> tuple[Any, ...]:
        """Wait until so many callers are here; all of them get the step after the gate."""
        lap = self._lap
        self._waiting += 1
        if self._waiting == callers:
            self._waiting = 0
            self._lap += 1
            self._at += 1
            self._shared = self._take()
            self._turn.notify_all()
            return self._shared
        for _ in range(_PATIENCE):
            self._turn.wait(_WAKE_S)
            if self._lap != lap:
                return self._shared
        came, self._waiting = self._waiting, self._waiting - 1
        raise TimeoutError(f"scripted: {came} of {callers} callers came to the gate")

    def state(self) -> dict[str, Any]:
        """Return the argument tuples of all calls, in order."""
        return {"calls": list(self._calls)}


def _exception(name: str) -> type[BaseException]:
    """Return the builtin of that name, else the learner's exception class of that name."""
    found = getattr(builtins, name, None)
    if isinstance(found, type) and issubclass(found, Exception):
        return found
    queue: list[type[BaseException]] = [Exception]
    while queue:
        each = queue.pop()
        if each.__name__ == name:
            return each
        queue.extend(each.__subclasses__())
    raise LookupError(f"scripted: no exception is called {name}")


_KINDS: dict[str, Callable[[Any], Any]] = {
    "stream": Stream,
    "compute": Compute,
    "scripted": Scripted,
}


def build(kind: str, spec: Any) -> Any:
    """Make the object that a Crossing of this kind stands for; KeyError for an unknown kind."""
    return _KINDS[kind](spec)
