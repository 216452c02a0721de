"""Types beyond plain data: what a kata may declare as `result_types`, and subclasses.

Sizes are capped: Decimal("1E+999999999") is a few bytes that fill the memory when compared.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

DIGITS_CAP = 10_000  # of a Decimal, and of its exponent
RANGE_CAP = 2_000_000  # items of a range: the node cap of the wire

Errors = tuple[Callable[[str], Exception], Callable[[str], Exception]]  # malformed, too large

# One letter on the wire for each name of kata.toml.
LETTERS = {
    "Decimal": "D", "Fraction": "f", "datetime": "w", "date": "y", "time": "h",
    "timedelta": "u", "deque": "q", "range": "r",
}
NAMES = {letter: name for name, letter in LETTERS.items()}
_TYPES: dict[type, str] = {
    Decimal: "Decimal", Fraction: "Fraction", datetime: "datetime", date: "date", time: "time",
    timedelta: "timedelta", deque: "deque", range: "range",
}


def encode_extra(value: Any, allowed: frozenset[str],
                 refuse: Callable[[str], Exception]) -> tuple[str, Any] | None:
    """Return (letter, plain data) for a declared result type, None for any other value.

    Raises `refuse(text)` for a time zone other than UTC.
    """
    name = _TYPES.get(type(value))
    if name is None or name not in allowed:
        return None
    match value:
        case Decimal():
            plain: Any = str(value)
        case Fraction():
            plain = (value.numerator, value.denominator)
        case timedelta():
            plain = (value.days, value.seconds, value.microseconds)
        case deque():
            plain = (list(value), value.maxlen)
        case range():
            plain = (value.start, value.stop, value.step)
        case _:
            if getattr(value, "tzinfo", None) not in (None, UTC):
                raise refuse("a time zone other than UTC is not plain data")
            plain = value.isoformat()
    return LETTERS[name], plain


def decode_extra(letter: str, plain: Any, allowed: frozenset[str], errors: Errors) -> Any:
    """Rebuild a declared result type; `errors` are raised for malformed and for too large."""
    refuse, too_much = errors
    name = NAMES.get(letter)
    if name is None or name not in allowed:
        raise refuse(f"type {name or letter!r} is not declared")
    match name:
        case "Decimal":
            return _decimal(plain, errors)
        case "Fraction":
            return Fraction(*_ints(plain, 2, refuse))
        case "timedelta":
            return timedelta(*_ints(plain, 3, refuse))
        case "range":
            made = range(*_ints(plain, 3, refuse))
            if abs(made.stop - made.start) // abs(made.step) > RANGE_CAP:
                raise too_much("range too long")
            return made
        case "deque":
            if type(plain) is not tuple or len(plain) != 2 or type(plain[0]) is not list:
                raise refuse("deque")
            if plain[1] is not None and type(plain[1]) is not int:
                raise refuse("deque")
            return deque(plain[0], plain[1])
        case _:
            if type(plain) is not str:
                raise refuse(name)
            return _moment(name, plain, refuse)


def _moment(name: str, plain: str, refuse: Callable[[str], Exception]) -> date | time:
    if name == "date":
        return date.fromisoformat(plain)
    made = time.fromisoformat(plain) if name == "time" else datetime.fromisoformat(plain)
    if made.tzinfo not in (None, UTC):
        raise refuse("time zones other than UTC do not travel")
    return made


def _decimal(plain: Any, errors: Errors) -> Decimal:
    refuse, too_much = errors
    if type(plain) is not str:
        raise refuse("Decimal without text")
    if len(plain) > DIGITS_CAP:
        raise too_much("Decimal too long")
    value = Decimal(plain)
    if value.is_finite() and abs(value.adjusted()) > DIGITS_CAP:
        raise too_much("Decimal with a huge exponent")
    return value


def _ints(plain: Any, count: int, refuse: Callable[[str], Exception]) -> tuple[int, ...]:
    if type(plain) is not tuple or len(plain) != count or any(type(x) is not int for x in plain):
        raise refuse("expected ints")
    return plain


def base_value(value: Any, kind: type, refuse: Callable[[str], Exception]) -> Any:
    """Return a subclass of a builtin as its base value, a numpy scalar as its item.

    Base-class access is used, so that a Counter or a named tuple travels as what it holds.
    Raises `refuse(text)` for any other type; the text names it.
    """
    # The type itself is asked, never the value: __class__ and __eq__ are the learner's to define.
    if issubclass(kind, Enum) and not issubclass(kind, (int, str)):
        raise refuse(f"{kind.__name__} is not plain data")
    if issubclass(kind, int):
        return int.__pos__(value)
    if issubclass(kind, str):
        return str.__getitem__(value, slice(None))
    if issubclass(kind, float):
        return float.__pos__(value)
    if issubclass(kind, bytes):
        return bytes.__getitem__(value, slice(None))
    if issubclass(kind, tuple):
        return tuple(tuple.__iter__(value))
    if issubclass(kind, list):
        return list(list.__iter__(value))
    if issubclass(kind, dict):
        return dict(dict.items(value))
    if issubclass(kind, set):
        return set(set.__iter__(value))
    if issubclass(kind, frozenset):
        return frozenset(frozenset.__iter__(value))
    if kind.__module__ == "numpy" and hasattr(value, "item") and not getattr(value, "shape", ()):
        return value.item()
    if hasattr(kind, "__fspath__"):
        return str(value)  # a path travels as its text: a passed Path gave file reading
    raise refuse(f"{kind.__name__} is not plain data")
