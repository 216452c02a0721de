"""What the judge child learns of a worker: facts that decide, and exceptions that merely arrive.

A fact derives from BaseException and is sticky: it decides the test's status whatever the suite
caught, so `pytest.raises(Exception)` cannot turn a crash into a pass.
"""

from __future__ import annotations

import builtins
from typing import Any

from graders.model import Api, Status


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
        return EscapedError(f"{names[0]} escaped: {_short(args)}")
    for name in names:
        kind = declared.get(name) or vars(builtins).get(name)
        if not (isinstance(kind, type) and issubclass(kind, Exception)):
            continue
        try:
            return kind(*args)
        except TypeError:
            continue  # UnicodeDecodeError(…) with other args, say: take its base
    return EscapedError(f"{names[0] if names else 'nothing'} escaped: {_short(args)}")


_STEERING = frozenset({"SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopIteration",
                       "StopAsyncIteration", "OutcomeException", "Crash"})


def _short(args: tuple[Any, ...]) -> str:
    return ", ".join(str(each)[:200] for each in args[:4] if type(each) in (str, int, float))
