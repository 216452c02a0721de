"""Objects of the suite that the learner's code may call: they stay on the suite's side.

Their counts are the suite's own and may decide points. Plain arguments and results only, and
only while a call of the learner's code is open; in plain pytest nothing enforces that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from graders.kit.inside.effects import effect
from graders.kit.remote import Offered, Token
from graders.phrases import phrase

_LIMIT = 5000


class Counted(Offered):
    """A function of the suite that counts its calls."""

    __slots__ = ("_function", "calls")

    def __init__(self, function: Callable[..., Any], limit: int) -> None:
        super().__init__(self._count, ("__call__",), limit)
        self._function = function
        self.calls = 0

    def _count(self, *args: Any, **named: Any) -> Any:
        self.calls += 1
        return self._function(*args, **named)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Answer a direct call: plain pytest, or the suite's own use."""
        effect()
        if self.calls >= self.limit:
            pytest.fail(phrase("called more than {limit} times", limit=self.limit), pytrace=False)
        return self._count(*args, **named)


class Exposed(Offered):
    """A suite-side object of which only some methods can be called."""

    __slots__ = ("_left",)

    def __init__(self, target: Any, names: tuple[str, ...], limit: int) -> None:
        super().__init__(target, names, limit)
        self._left = limit

    def __getattr__(self, name: str) -> Any:
        """Return the method `name` for plain pytest; AttributeError unless it is exposed."""
        if name not in self.names:
            raise AttributeError(f"{name} is not among what is exposed: {', '.join(self.names)}")
        return lambda *args, **named: self._call(name, args, named)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Answer a call of the object itself, where "__call__" is exposed."""
        if "__call__" not in self.names:
            raise TypeError("this object is not exposed as a function")
        return self._call("__call__", args, named)

    def _call(self, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        effect()
        self._left -= 1
        if self._left < 0:
            pytest.fail(phrase("called more than {limit} times", limit=self.limit), pytrace=False)
        return getattr(self.target, name)(*args, **named)


def counted(fn: Callable[..., Any], limit: int = _LIMIT) -> Counted:
    """Return `fn` as an argument for the learner's code; `.calls` tells how often it was called.

    More than `limit` calls fail the test, whatever is caught. At most 5,000 a test: each crosses
    to the suite and back (some 0.1 ms).
    """
    if not callable(fn):
        raise TypeError(f"counted: needs a function, got {type(fn).__name__}")
    return Counted(fn, _limit("counted", limit))


def expose(obj: Any, *names: str) -> Exposed:
    """Return `obj` as an argument of which the learner's code may call exactly `names`.

    ("__call__" makes it a function there.) Other private names are refused with ValueError.
    """
    if not names:
        raise ValueError("expose: name what may be called, expose(obj, 'get')")
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"expose: a name is a str, not {type(name).__name__}")
        private = name.startswith("_") and name != "__call__"
        if private or name in Offered.__slots__:
            raise ValueError(f"expose: {name!r} cannot be exposed")
        if not callable(getattr(obj, name, None)):
            raise TypeError(f"expose: {type(obj).__name__} has no method {name!r}")
    return Exposed(obj, names, _LIMIT)


def tokens(values: Iterable[Any]) -> list[Token]:
    """Return an opaque item for each value: only the suite can read `token.value`."""
    return [Token(value) for value in values]


def _limit(word: str, limit: int) -> int:
    if not isinstance(limit, int) or not 1 <= limit <= _LIMIT:
        raise ValueError(f"{word}: limit is {limit!r}; it is from 1 to {_LIMIT}")
    return limit
