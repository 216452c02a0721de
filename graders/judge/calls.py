"""A call into the learner's code as data: how it crosses, and how a person reads it.

Keeps the trail of a test, so that a failure can be told as call, expected, got.
"""

from __future__ import annotations

import builtins
from collections import deque
from dataclasses import dataclass, field
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from graders.judge import wire
from graders.judge.clean import TEXT_CAP
from graders.kit import output, remote
from graders.kit.represent import capped, represent

# Words of the kit that call the learner's code in the suite's name: how many arguments to show.
_SHOWN_WORDS = {"replay": 2, "call_many": 2, "checked": 99, "take": 2, "run_threads": 2}
_TRAIL = 12  # calls shown for one object
_NOTHING = object()


class CompileError(Exception):
    """The submission cannot be judged at all: syntax, or a name of [api] is missing."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: verb call, method, get, next, close, exit, op, watch or program."""

    verb: str
    name: Any
    target: Any = None  # the handle a method belongs to
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)

    def message(self) -> tuple[Any, ...]:
        """Return the request as it crosses."""
        match self.verb:
            case "call":
                return ("call", self.name, self.args, self.kwargs)
            case "method":
                return ("method", self.target._number, self.name, self.args, self.kwargs)
            case "get":
                return ("get", self.target._number, self.name)
            case "next" | "close":
                return (self.verb, self.target._number)
            case "exit":
                return ("exit", self.target._number, self.name, self.args)
            case "watch":
                return ("watch", self.name)
        return ("op", self.name, self.args)

    def text(self) -> str:
        """Return the call as a person would type it; for a program, its input."""
        if self.verb == "program":
            return output.shortened(self.args[0])
        args = self.args[:_SHOWN_WORDS[self.name]] if self.verb == "op" else self.args
        parts = [represent(each) for each in args]
        parts += [f"{name}={represent(value)}" for name, value in self.kwargs.items()]
        inside = ", ".join(parts)
        match self.verb:
            case "method" if self.name in _PROTOCOL_TEXT:
                return _PROTOCOL_TEXT[self.name].format(self.target, inside)
            case "method":
                return f"{self.target!r}.{self.name}({inside})"
            case "get":
                return f"{self.target!r}.{self.name}"
            case "next" | "close":
                return f"{self.verb}({self.target!r})"
        return f"{self.name}({inside})"

    def about(self) -> Any:
        """Return the object that the call is made on, None for a function."""
        if self.verb == "op" and self.args and isinstance(self.args[0], remote.Remote):
            return self.args[0] if hasattr(self.args[0], "_number") else None
        return self.target

    def short(self) -> str:
        """Return the call as it stands in a trail of calls on one object."""
        text = self.text()
        return text.removeprefix(f"{self.target!r}") if self.verb == "method" else text


_PROTOCOL_TEXT = {
    "__len__": "len({0!r})", "__contains__": "{1} in {0!r}", "__iter__": "iter({0!r})",
    "__getitem__": "{0!r}[{1}]", "__eq__": "{0!r} == {1}", "__next__": "next({0!r})",
}


class Trail:
    """What a test has called so far, what came back last, what was raised."""

    def __init__(self) -> None:
        self.recent: deque[Call] = deque(maxlen=_TRAIL)
        self.last: Any = _NOTHING
        self.errors: list[tuple[Exception, list[tuple[int, str]]]] = []

    def calling(self, call: Call) -> None:
        """Remember a call about to be made; the kit's own errands are not the learner's calls."""
        if call.verb != "watch" and (call.verb != "op" or call.name in _SHOWN_WORDS):
            self.recent.append(call)
            self.last = _NOTHING

    def returned(self, value: Any) -> None:
        """Remember what the last call returned."""
        self.last = value

    def raised(self, error: Exception, frames: list[tuple[int, str]]) -> None:
        """Remember a learner's exception and the lines of the module it passed."""
        self.errors.append((error, frames))

    def is_last(self, value: Any) -> bool:
        """Whether `value` is the very object that the last call returned."""
        return value is self.last and self.last is not _NOTHING

    def frames_of(self, error: BaseException) -> list[tuple[int, str]] | None:
        """Return where in the module `error` was raised; None if it is not the learner's."""
        return next((frames for known, frames in self.errors if known is error), None)

    def text(self) -> str:
        """Return the last call; for an object, the calls on it that led there."""
        if not self.recent:
            return ""
        last = self.recent[-1]
        about = last.about()
        if about is None:
            return last.text()
        same = [call for call in self.recent if call.about() is about]
        if len(same) == 1:
            return last.text()
        lines = [f"{about!r}", *(f"  {call.short()}" for call in same)]
        return "\n".join(capped(line, TEXT_CAP // len(lines) - 1) for line in lines)


def to_ref(value: Any, generation: int, offers: list[remote.Offered],
           tokens: list[remote.Token]) -> tuple[str, Any] | None:
    """Return how a suite-side object crosses as a reference; None for anything else.

    From the suite only functions, offered objects, tokens, kit objects and what already lives
    in the worker may cross.
    """
    if isinstance(value, remote.Remote):
        kind, payload, made_in = value._reference()  # type: ignore[attr-defined]
        if made_in not in (0, generation):
            raise wire.CannotCross("an object from before the crash (or of another test)")
        return kind, payload
    if isinstance(value, remote.RemoteType):
        return "cls", value.__name__
    if isinstance(value, remote.Crossing):
        return "kit", (value.uid, value.kind, value.spec)
    if isinstance(value, remote.Token):
        return "tok", _position(tokens, value)
    if isinstance(value, FunctionType | MethodType | BuiltinFunctionType):
        value = _same_offer(offers, value)
    if isinstance(value, remote.Offered):
        return "offer", (_position(offers, value), value.names)
    return None


def _position(items: list[Any], value: Any) -> int:
    for position, each in enumerate(items):
        if each is value:
            return position
    items.append(value)
    return len(items) - 1


def _same_offer(offers: list[remote.Offered], function: Any) -> remote.Offered:
    for each in offers:
        if each.target is function:
            return each
    return remote.Offered(function, ("__call__",))


def builtin_name(error: Exception) -> str:
    """Return the nearest builtin class name of a suite-side exception."""
    names = (kind.__name__ for kind in type(error).__mro__)
    return next(name for name in names if hasattr(builtins, name))


def plain(value: Any) -> Any:
    """Return `value` if it is a scalar, else its capped representation."""
    return value if type(value) in (str, int, float, bool, type(None)) else represent(value)
