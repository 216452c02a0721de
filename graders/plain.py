"""Frozen dataclasses to plain JSON data and back, by their type hints.

Serves Report, Job and Outcome; owns no format of its own. Reading is strict: an unknown or
missing key, or a value of the wrong type, is a ValueError that names the place.
"""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return `value` as dicts, lists and scalars; bytes become base64 text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_plain(getattr(value, each.name)) for each in
                dataclasses.fields(value)}
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


def from_plain(kind: type[T], data: Any, where: str = "") -> T:
    """Rebuild a value of type `kind`. Raises ValueError that names the place."""
    return typing.cast(T, _value(kind, data, where or getattr(kind, "__name__", str(kind))))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(kind: Any, data: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if data is None and type(None) in arguments:
            return None
        return _value(next(a for a in arguments if a is not type(None)), data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise ValueError(f"{where}: expected a list")
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_value(arguments[0], x, f"{where}[{i}]") for i, x in enumerate(data))
        if len(data) != len(arguments):
            raise ValueError(f"{where}: expected {len(arguments)} items")
        return tuple(_value(a, x, f"{where}[{i}]")
                     for i, (a, x) in enumerate(zip(arguments, data, strict=True)))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(data, dict):
            raise ValueError(f"{where}: expected an object")
        return types.MappingProxyType(
            {k: _value(arguments[1], v, f"{where}.{k}") for k, v in data.items()})
    if dataclasses.is_dataclass(kind):
        return _dataclass(typing.cast(type, kind), data, where)
    return _scalar(kind, data, where)


def _dataclass(kind: type, data: Any, where: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"{where}: expected an object")
    hints = _hints(kind)
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise ValueError(f"{where}: unknown key {unknown[0]!r}")
    try:
        return kind(**{name: _value(hints[name], value, f"{where}.{name}")
                       for name, value in data.items()})
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from None


def _scalar(kind: Any, data: Any, where: str) -> Any:
    if kind is Any:
        return data
    if kind is bytes and isinstance(data, str):
        return base64.b64decode(data, validate=True)
    if kind is Path and isinstance(data, str):
        return Path(data)
    if kind is float and type(data) in (int, float):
        return float(data)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(data)
    if not isinstance(kind, type) or type(data) is not kind:
        raise ValueError(f"{where}: expected {getattr(kind, '__name__', kind)}")
    return data
