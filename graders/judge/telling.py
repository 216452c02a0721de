"""From a failed pytest phase to the failure in the learner's terms: call, expected, got.

Also takes over pytest's comparison texts, whose full diffs of large lists can take minutes.
"""

from __future__ import annotations

import re
from typing import Any

from graders.judge.calls import Trail
from graders.judge.facts import Fact
from graders.kit.output import WrongOutput
from graders.kit.represent import represent
from graders.model import Failure
from graders.phrases import phrase

_CAP = 4 << 10


class Comparisons:
    """Pytest plugin: remembers the operands of the comparison that failed last."""

    def __init__(self) -> None:
        self.last: tuple[str, Any, Any] | None = None

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str]:
        """Explain `left op right` in one capped line."""
        self.last = (op, left, right)
        return [f"{represent(left)} {op} {represent(right)}"]


def tell(error: BaseException, trail: Trail, compared: tuple[str, Any, Any] | None,
         module: str) -> Failure:
    """Return what went wrong for `error`, which left the test."""
    if isinstance(error, Fact):
        return Failure(call=trail.text(), message=error.text)
    frames = trail.frames_of(error)
    if frames is not None:
        said = _text(error)
        got = f"{type(error).__name__}: {said}" if said else type(error).__name__
        return Failure(call=trail.text(), got=got, where=where(module, frames))
    if isinstance(error, WrongOutput):
        return Failure(trail.text(), error.expected, error.got, error.why)
    if isinstance(error, AssertionError) and compared is not None:
        op, left, right = compared
        if trail.is_last(right) and not trail.is_last(left):
            left, right = right, left
        expected = represent(right) if op == "==" else phrase(
                "something {op} {value}", op=op, value=represent(right))
        return Failure(trail.text(), expected, represent(left), _own_words(error))
    not_raised = re.match(r"DID NOT RAISE (?:any of )?(.*)", _text(error), re.S)
    if not_raised:
        kinds = re.sub(r"<class '(?:[\w.]*\.)?(\w+)'>", r"\1", not_raised[1])
        return Failure(trail.text(), phrase("it raises {kinds}", kinds=kinds),
                       phrase("returned {value}", value=_last(trail)))
    if isinstance(error, AssertionError) or type(error).__name__ == "Failed":
        return Failure(trail.text(), "", _last(trail), _text(error))
    return Failure(trail.text(), "", _last(trail), f"{type(error).__name__}: {_text(error)}")


def where(module: str, frames: list[tuple[int, str]]) -> str:
    """Return "two_sum.py:12 in find_pair" for the innermost frame of the learner's module."""
    if not frames or type(frames[-1][0]) is not int or type(frames[-1][1]) is not str:
        return ""
    line, function = frames[-1]
    place = f"{module}.py:{line}"
    if function == "<module>":
        return phrase("{place} while it is imported", place=place)
    return phrase("{place} in {function}", place=place, function=function[:200])


def _last(trail: Trail) -> str:
    return represent(trail.last) if trail.is_last(trail.last) else ""


def _text(error: BaseException) -> str:
    try:
        return str(error)[:_CAP]
    except Exception as second:  # a suite-side exception class with a faulty __str__
        return phrase("<its text raised {kind}>", kind=type(second).__name__)


def _own_words(error: BaseException) -> str:
    """Return the message a suite gave with its assert, without pytest's own explanation."""
    text = _text(error)
    if "\nassert " not in text and not text.startswith("assert "):
        return text
    return text.split("\nassert ", 1)[0] if "\nassert " in text else ""
