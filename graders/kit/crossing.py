"""Objects of the suite that are built anew beside the learner's code: fast, and its word only.

In plain pytest the learner gets these very objects, which hand everything to the same worker
half. Their counts come from beside code that can tamper with them: they explain and fail a
submission, they never earn points by themselves.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from typing import Any

from graders.kit import remote
from graders.kit.inside.build import build
from graders.kit.remote import Crossing
from graders.kit.side import run

_COMPUTES = ("less", "threshold", "character", "polynomial", "table")


class _Built(Crossing):
    """A Crossing with its copy on this side, made at first use."""

    __slots__ = ()

    def _here(self) -> Any:
        if self._local is None:
            self._local = build(self.kind, self.spec)
        return self._local

    def _state(self) -> dict[str, Any]:
        """Return the counts of the copy that the learner's code has."""
        link = remote.current()
        counts: dict[str, Any] = run(link, "state", self if link else self._here())
        return counts


class Stream(_Built):
    """An argument that is read lazily, item by item, once."""

    __slots__ = ()

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Any:
        return next(self._here())

    @property
    def reads(self) -> int:
        """How many items were read."""
        return int(self._state()["reads"])

    @property
    def peak_live(self) -> int:
        """How many of the items read were alive at once, at most."""
        return int(self._state()["peak_live"])


class Compute(_Built):
    """A named operation that counts its calls."""

    __slots__ = ()

    def __call__(self, *args: Any) -> Any:
        """Answer on this side: plain pytest, or the suite's own use."""
        return self._here()(*args)

    @property
    def calls(self) -> int:
        """How often it was called."""
        return int(self._state()["calls"])


class Scripted(_Built):
    """A callable that follows a list of steps."""

    __slots__ = ()

    def __call__(self, *args: Any) -> Any:
        """Answer on this side: plain pytest, or the suite's own use."""
        return self._here()(*args)

    @property
    def calls(self) -> list[tuple[Any, ...]]:
        """The argument tuples of all calls, in order."""
        return [tuple(args) for args in self._state()["calls"]]


def stream(items: Iterable[str | bytes | tuple[Any, ...] | list[Any]]) -> Stream:
    """Return an argument that hands out `items` lazily inside the worker, in one pass.

    `.reads` counts items handed out, `.peak_live` how many of them were alive at once.
    """
    spec = list(items)
    for index, each in enumerate(spec):
        if type(each) not in (str, bytes, tuple, list):
            raise TypeError(
                f"stream: item {index} is a {type(each).__name__}; "
                "items are str, bytes, tuple or list"
            )
    return Stream("stream", spec)


def compute(op: str, data: Any = None) -> Compute:
    """Return a callable that lives beside the learner's code, for many calls; `.calls` counts.

    `op`: "less" (a < b), "threshold" (x >= data), "character" (data[i]), "polynomial" (of x;
    data = coefficients, lowest first), "table" (data[x]).
    """
    fits: dict[str, Callable[[], bool]] = {
        "less": lambda: data is None,
        "threshold": lambda: data is not None,
        "character": lambda: isinstance(data, (str, bytes, list, tuple)),
        "polynomial": lambda: isinstance(data, (list, tuple)),
        "table": lambda: isinstance(data, (dict, list, tuple)),
    }
    if op not in fits:
        raise ValueError(f"compute: no operation {op!r}; there are {', '.join(_COMPUTES)}")
    if not fits[op]():
        raise TypeError(f"compute: {op!r} does not go with data of type {type(data).__name__}")
    return Compute("compute", (op, data))


def scripted(steps: Iterable[tuple[Any, ...]]) -> Scripted:
    """Return a callable, built beside the learner's code, that follows `steps`, one per call.

    ("return", value); ("raise", "KeyError", *args): a builtin or the kata's own exception;
    ("gate", k): k callers wait for each other, then the next step applies to all of them
    (TimeoutError where they do not come). Called after the last step it raises RuntimeError.
    `.calls` lists the argument tuples.
    """
    spec = [tuple(each) for each in steps]
    for index, each in enumerate(spec):
        match each:
            case ("return", _):
                continue
            case ("raise", str() as name, *_) if name.isidentifier():
                found = getattr(builtins, name, None)
                if found is None or (isinstance(found, type) and issubclass(found, Exception)):
                    continue
            case ("gate", int() as callers) if callers >= 1 and index + 1 < len(spec):
                if spec[index + 1][:1] != ("gate",):
                    continue
        raise ValueError(
            f'scripted: step {index} is {each!r}; write ("return", value), ("raise", "KeyError", '
            '*args) or ("gate", k) with a step that is no gate after it'
        )
    return Scripted("scripted", spec)
