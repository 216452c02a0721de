"""Frozen dataclasses to plain JSON data and back, by their type hints.

Serves Report, Job and Outcome; owns no format of its own. Reading is strict: an unknown or
missing key, or a value of the wrong type, is a ValueError that names the place. What the hints
of a type ask for is worked out once; reading a Report is most of what a cached verdict costs.
"""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], Any]
_SCALARS = frozenset((str, int, float, bool, type(None)))


class _Misfit(Exception):
    """A value that does not fit; `place` grows from the inside out while it is raised."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text, self.place = text, ""

    def at(self, step: str) -> _Misfit:
        self.place = step + self.place
        return self


def to_plain(value: Any) -> Any:
    """Return `value` as dicts, lists and scalars; bytes become base64 text."""
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    names = _names(kind)
    if names:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(each) for each in value]
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the names of a dataclass's fields; empty for any other type."""
    is_one = dataclasses.is_dataclass(kind)
    return tuple(each.name for each in dataclasses.fields(kind)) if is_one else ()


def from_plain(kind: type[T], data: Any, where: str = "") -> T:
    """Rebuild a value of type `kind`. Raises ValueError that names the place."""
    hint: Any = kind
    try:
        return typing.cast(T, _reader(hint)(data))
    except _Misfit as misfit:
        name = where or getattr(kind, "__name__", str(kind))
        raise ValueError(f"{name}{misfit.place}: {misfit.text}") from None


@cache
def _reader(kind: Any) -> Reader:
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _optional(next(a for a in arguments if a is not type(None)),
                         type(None) in arguments)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return _items(arguments[0])
        return _row(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments[1])
    if dataclasses.is_dataclass(kind):
        return _dataclass(typing.cast(type, kind))
    return _scalar(kind)


def _optional(kind: Any, or_none: bool) -> Reader:
    inner = _reader(kind)
    return lambda data: None if data is None and or_none else inner(data)


def _items(kind: Any) -> Reader:
    inner = _reader(kind)

    def read(data: Any) -> Any:
        if not isinstance(data, list):
            raise _Misfit("expected a list")
        made: list[Any] = []
        try:
            for each in data:
                made.append(inner(each))
        except _Misfit as misfit:
            raise misfit.at(f"[{len(made)}]") from None
        return tuple(made)

    return read


def _row(kinds: tuple[Any, ...]) -> Reader:
    inner = [_reader(kind) for kind in kinds]

    def read(data: Any) -> Any:
        if not isinstance(data, list):
            raise _Misfit("expected a list")
        if len(data) != len(inner):
            raise _Misfit(f"expected {len(inner)} items")
        made: list[Any] = []
        try:
            for one, each in zip(inner, data, strict=True):
                made.append(one(each))
        except _Misfit as misfit:
            raise misfit.at(f"[{len(made)}]") from None
        return tuple(made)

    return read


def _mapping(kind: Any) -> Reader:
    inner = _reader(kind)

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            raise _Misfit("expected an object")
        made, name = {}, ""
        try:
            for name, each in data.items():
                made[name] = inner(each)
        except _Misfit as misfit:
            raise misfit.at(f".{name}") from None
        return types.MappingProxyType(made)

    return read


def _dataclass(kind: type) -> Reader:
    inner = {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            raise _Misfit("expected an object")
        unknown = sorted(data.keys() - inner.keys())
        if unknown:
            raise _Misfit(f"unknown key {unknown[0]!r}")
        made, name = {}, ""
        try:
            for name, each in data.items():
                made[name] = inner[name](each)
        except _Misfit as misfit:
            raise misfit.at(f".{name}") from None
        try:
            return kind(**made)
        except TypeError as error:
            raise _Misfit(str(error)) from None

    return read


def _scalar(kind: Any) -> Reader:
    if kind is Any:
        return lambda data: data
    if kind is float:
        return _float
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind

    def read(data: Any) -> Any:
        if kind is bytes and isinstance(data, str):
            return base64.b64decode(data, validate=True)
        if kind is Path and isinstance(data, str):
            return Path(data)
        if not isinstance(kind, type) or type(data) is not kind:
            raise _Misfit(f"expected {getattr(kind, '__name__', kind)}")
        return data

    return read


def _float(data: Any) -> float:
    if type(data) not in (int, float):
        raise _Misfit("expected float")
    try:
        return float(data)
    except OverflowError:
        raise _Misfit("expected a smaller number") from None
