"""What the judge child learns of a worker: facts that decide, and exceptions that merely arrive.

A fact derives from BaseException and is sticky: it decides the test's status whatever the suite
caught, so `pytest.raises(Exception)` cannot turn a crash into a pass.
"""

from __future__ import annotations

import builtins
from typing import Any

from graders.model import Api, Status
from graders.phrases import phrase


class Fact(BaseException):
    """The worker died, went over a limit or broke the protocol."""

    def __init__(self, status: Status, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status, self.text = status, text


class TooSlow(Fact):
    """The cost grows too fast: TIME_LIMIT, though the worker was well and is no abnormal end."""

    def __init__(self, text: str) -> None:
        super().__init__(Status.TIME_LIMIT, text)


class ForeignResult(AssertionError):
    """The learner returned something that is neither plain data nor declared."""


class EscapedError(Exception):
    """SystemExit, StopIteration and the like: an ordinary failure of that call."""


def declared_exceptions(api: Api) -> dict[str, type[Exception]]:
    """Return the kata's exception classes, each derived from its declared base."""
    known: dict[str, type[Exception]] = {}
    for name, base in api.exceptions:
        parent = known.get(base) or getattr(builtins, base)
        known[name] = type(name, (parent,), {"__module__": "learner"})
    return known


def learner_error(names: list[str], args: tuple[Any, ...],
                  declared: dict[str, type[Exception]]) -> Exception:
    """Rebuild a learner's exception as the nearest declared or builtin class of its MRO.

    Only args travel. Exceptions that steer Python itself (SystemExit, StopIteration, pytest's
    outcomes) become EscapedError.
    """
    if any(name in _STEERING for name in names):
        return EscapedError(phrase("{kind} escaped: {args}", kind=names[0], args=_short(args)))
    for name in names:
        kind = declared.get(name) or vars(builtins).get(name)
        if not (isinstance(kind, type) and issubclass(kind, Exception) and _is_safe(kind, args)):
            continue
        try:
            return kind(*args)
        except Exception:  # the class wants other arguments: take its base
            continue
    return EscapedError(phrase("{kind} escaped: {args}", kind=names[0] if names else "nothing",
                               args=_short(args)))


_STEERING = frozenset({"SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopIteration",
                       "StopAsyncIteration", "OutcomeException", "Crash"})


def _is_safe(kind: type[Exception], args: tuple[Any, ...]) -> bool:
    """Whether an exception of this class with these args can be built and printed without harm.

    str() of a UnicodeDecodeError with positions outside its object reads the judge's memory
    (CPython 3.11), a SyntaxError prints as many carets as it is told, a group formats its parts.
    """
    if issubclass(kind, SyntaxError):
        return len(args) <= 1 and all(type(each) is str for each in args)
    if issubclass(kind, BaseExceptionGroup):
        return False
    if issubclass(kind, UnicodeError) and kind is not UnicodeError:
        if len(args) != 5 or [type(each) for each in args[2:]] != [int, int, str]:
            return False
        held = bytes if issubclass(kind, UnicodeDecodeError) else str
        codec, data, start, end, _ = args
        return type(codec) is str and type(data) is held and 0 <= start < end <= len(data)
    return True


def _short(args: tuple[Any, ...]) -> str:
    return ", ".join(str(each)[:200] for each in args[:4] if type(each) in (str, int, float))
