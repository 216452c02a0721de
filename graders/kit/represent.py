"""Short, safe texts of plain data for reports: never slow, never longer than 4 KiB.

`repr` of what a submission returned can take seconds (an int of 256 KiB), fill gigabytes or
overflow the stack. Here cost follows the cap, not the value. Objects that are no plain data are
shown by their type: their own `__repr__` is not called.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from graders.kit.calls import Raised
from graders.kit.remote import Remote, RemoteType, Token

CAP = 4096  # characters
_DEPTH = 24
_DECIMAL_BITS = 14_000  # about 4,200 digits: below Python's own limit of 4,300
_HEX_DIGITS = 64  # shown of an int beyond that
_BRACKETS: dict[type, Sequence[str]] = {
    list: "[]",
    tuple: "()",
    set: "{}",
    frozenset: ("frozenset({", "})"),
}
# Types that a kata may declare as results: shown by what they are made of, or of bounded length.
_PARTS: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    Raised: lambda value: (value.name, value.args),
    Fraction: lambda value: (value.numerator, value.denominator),
    deque: lambda value: (list(islice(value, CAP)),),
    range: lambda value: (value.start, value.stop) + ((value.step,) if value.step != 1 else ()),
}
_FIXED = (Decimal, date, datetime, time, timedelta)
_SORTED = 256  # sets up to so many items are shown in a stable order


def capped(text: str, cap: int = CAP) -> str:
    """Return `text` within `cap` characters: the middle gives way to how much is left out."""
    if len(text) <= cap:
        return text
    mark = f" …{len(text) - cap:,} more characters… "
    room = max(0, cap - len(mark))
    head = room * 2 // 3
    return (text[:head] + mark + text[len(text) - (room - head) :])[:cap]


def represent(value: Any, cap: int = CAP) -> str:
    """Return a text of `value` like `repr`, within `cap` characters."""
    writer = _Writer(cap)
    writer.put(value, 0)
    return capped("".join(writer.parts), cap)


def represent_call(
    name: str, args: Iterable[Any], named: Mapping[str, Any] | None = None, cap: int = CAP
) -> str:
    """Return the text of a call: find_pair([1, 2], target=3)."""
    writer = _Writer(cap)
    writer.add(f"{name}(")
    writer.row([("", each) for each in args] + [(f"{k}=", v) for k, v in (named or {}).items()], 0)
    writer.add(")")
    return capped("".join(writer.parts), cap)


class _Writer:
    """Collects text until the cap is spent."""

    def __init__(self, cap: int) -> None:
        self.parts: list[str] = []
        self.left = cap

    def add(self, text: str) -> None:
        """Append a text and spend its length."""
        self.parts.append(text)
        self.left -= len(text)

    def put(self, value: Any, depth: int) -> None:
        """Append the text of one value."""
        kind = type(value)
        if kind is str or kind is bytes:
            self.add(self._cut(value))
        elif kind is int:
            self.add(_int(value))
        elif kind in (bool, float, complex) or value is None:
            self.add(repr(value))
        elif depth >= _DEPTH and kind in (list, tuple, set, frozenset, dict):
            self.add("…")
        elif kind in (list, tuple, set, frozenset):
            self._items(value, depth)
        elif kind is dict:
            self._dict(value, depth)
        elif kind in _PARTS:
            self.add(f"{kind.__name__}(")
            self.row([("", part) for part in _PARTS[kind](value)], depth)
            self.add(")")
        elif kind in _FIXED:
            self.add(repr(value))
        else:
            self.add(_object(value))

    def row(self, items: Iterable[tuple[str, Any]], depth: int, count: int = 0) -> None:
        """Append `prefix value, …` until the cap is spent, then how many are left out."""
        for shown, (prefix, each) in enumerate(items):
            if self.left <= 0:
                self.add(f", …{count - shown:,} more" if count > shown else ", …")
                return
            self.add((", " if shown else "") + prefix)
            self.put(each, depth + 1)

    def _cut(self, value: str | bytes) -> str:
        room = max(self.left, 16)
        if len(value) <= room:
            return repr(value)
        unit = "bytes" if isinstance(value, bytes) else "characters"
        return f"{value[:room]!r}…{len(value) - room:,} more {unit}"

    def _items(self, value: Any, depth: int) -> None:
        if not value and isinstance(value, (set, frozenset)):
            self.add(f"{type(value).__name__}()")
            return
        before, after = _BRACKETS[type(value)]
        items = value
        if isinstance(value, (set, frozenset)) and len(value) <= _SORTED:
            items = sorted(value, key=lambda each: represent(each, 64))
        self.add(before)
        self.row((("", each) for each in items), depth, len(value))
        self.add(",)" if type(value) is tuple and len(value) == 1 else after)

    def _dict(self, value: dict[Any, Any], depth: int) -> None:
        self.add("{")
        pairs = islice(value.items(), max(self.left, 1))
        self.row(((represent(key, 256) + ": ", each) for key, each in pairs), depth, len(value))
        self.add("}")


def _int(value: int) -> str:
    bits = value.bit_length()
    if bits <= _DECIMAL_BITS:
        return str(value)
    size = abs(value)
    digits = (bits + 3) // 4
    shown = f"{size >> 4 * (digits - _HEX_DIGITS):x}"
    return f"{'-' if value < 0 else ''}0x{shown}… ({digits:,} hexadecimal digits)"


def _object(value: Any) -> str:
    if isinstance(value, RemoteType) or (isinstance(value, type) and not isinstance(value, Remote)):
        return f"<class {value.__name__}>"
    if isinstance(value, Token):
        return f"<token {represent(value.value, 64)}>"
    return f"<{type(value).__name__}>"
