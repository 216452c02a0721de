"""Field tables of AMQP 0-9-1 with RabbitMQ's types, kept so that they can be written back as read.

A value is a pair (tag, value), because the type counts: RabbitMQ names it in its errors, compares
by it, and hands a header on in the type it came in. Reading takes time in proportion to the bytes
and refuses deep or crowded tables. (pamqp's decoder copies the rest of the table for each value,
recurses without limit and takes truncated strings; its encoder makes every float a single one.)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

Field = tuple[str, Any]
Table = dict[str, Field]
DEPTH_CAP, NODE_CAP = 16, 1024  # honest headers have some ten fields

# https://www.rabbitmq.com/amqp-0-9-1-errata.html#section_3
_FIXED = {"t": ">?", "b": ">b", "B": ">B", "s": ">h", "u": ">H", "I": ">i", "i": ">I",
          "l": ">q", "L": ">Q", "f": ">f", "d": ">d", "T": ">Q", "D": ">Bi"}
_STRUCTS = {tag: struct.Struct(form) for tag, form in _FIXED.items()}
NAMES = {"t": "bool", "b": "byte", "B": "unsignedbyte", "s": "short", "u": "unsignedshort",
         "I": "signedint", "i": "unsignedint", "l": "long", "L": "long", "f": "float",
         "d": "double", "T": "timestamp", "D": "decimal", "S": "longstr", "x": "binary",
         "V": "void", "A": "array", "F": "table"}
INTEGERS = frozenset("bBsuIilL")
_U32 = struct.Struct(">I")


class Malformed(ValueError):
    """Bytes that are no field table, or one that is too deep or too crowded."""


@dataclass(slots=True)
class _Reader:
    data: bytes
    nodes_left: int

    def table(self, start: int, depth: int) -> tuple[Table, int]:
        place, end = self._span(start, depth)
        found: Table = {}
        while place < end:
            name_end = place + 1 + self.data[place]
            if name_end >= end:
                raise Malformed("a name without a value")
            name = self.data[place + 1 : name_end].decode()
            found[name], place = self._field(name_end, end, depth)
        return found, end

    def _array(self, start: int, depth: int) -> tuple[list[Field], int]:
        place, end = self._span(start, depth)
        found = []
        while place < end:
            value, place = self._field(place, end, depth)
            found.append(value)
        return found, end

    def _span(self, start: int, depth: int) -> tuple[int, int]:
        if depth > DEPTH_CAP:
            raise Malformed("nested too deep")
        place = start + 4
        end = place + _U32.unpack_from(self.data, start)[0]
        if end > len(self.data):
            raise Malformed("longer than its frame")
        return place, end

    def _field(self, start: int, end: int, depth: int) -> tuple[Field, int]:
        self.nodes_left -= 1
        if self.nodes_left < 0:
            raise Malformed("too many values")
        tag, place = chr(self.data[start]), start + 1
        value: Any
        if form := _STRUCTS.get(tag):
            parts = form.unpack_from(self.data, place)
            value, place = parts if tag == "D" else parts[0], place + form.size
        elif tag in ("S", "x"):
            length = _U32.unpack_from(self.data, place)[0]
            value, place = self.data[place + 4 : place + 4 + length], place + 4 + length
        elif tag == "V":
            value = None
        elif tag == "F":
            value, place = self.table(place, depth + 1)
        elif tag == "A":
            value, place = self._array(place, depth + 1)
        else:
            raise Malformed(f"no type has the tag {tag!r}")
        if place > end:
            raise Malformed("a value ends behind its table")
        return (tag, value), place


def read(data: bytes, start: int = 0, nodes: int = NODE_CAP) -> tuple[Table, int]:
    """Return the table at `start` of `data`, and where it ends. Raises Malformed."""
    try:
        return _Reader(data, nodes).table(start, 0)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from None


def write(table: Table) -> bytes:
    """Return the bytes of a table, its fields in their order."""
    parts = []
    for name, field in table.items():
        key = name.encode()
        parts += [bytes([len(key)]), key, _written(field)]
    return _long(b"".join(parts))


def _written(field: Field) -> bytes:
    tag, value = field
    if form := _STRUCTS.get(tag):
        body = form.pack(*value) if tag == "D" else form.pack(value)
    elif tag == "F":
        body = write(value)
    elif tag == "A":
        body = _long(b"".join(map(_written, value)))
    else:
        body = b"" if tag == "V" else _long(value)
    return tag.encode() + body


def _long(data: bytes) -> bytes:
    return _U32.pack(len(data)) + data


def plain(table: Table) -> dict[str, Any]:
    """Return a table as Python data: strings for long strings, no types (for logs and states)."""
    return {name: _plain(field) for name, field in table.items()}


def _plain(field: Field) -> Any:
    match field:
        case ("F", value):
            return plain(value)
        case ("A", value):
            return [_plain(each) for each in value]
        case ("S", value):
            return value.decode(errors="backslashreplace")
        case (_, value):
            return value


def weight(table: Table) -> int:
    """Return about how many bytes a table takes in memory, rather too many than too few."""
    return sum(200 + len(name) + _weight(field) for name, field in table.items())


def _weight(field: Field) -> int:
    tag, value = field
    if tag == "F":
        return weight(value)
    if tag == "A":
        return sum(150 + _weight(each) for each in value)
    return len(value) if tag in ("S", "x") else 0


def kind(field: Field) -> str:
    """Return the class by which RabbitMQ compares values: all integers are of one, floats too."""
    tag = field[0]
    return "int" if tag in INTEGERS else "float" if tag in "fd" else NAMES[tag]


def same(one: Field, other: Field) -> bool:
    """Tell whether two values are equal to RabbitMQ: same class, same value."""
    return kind(one) == kind(other) and bool(one[1] == other[1])


def shown(field: Field) -> str:
    """Return a value as RabbitMQ puts it into a sentence."""
    value = _plain(field)
    return str(value).lower() if isinstance(value, bool) else str(value)


def text(value: str) -> Field:
    """Return a long string."""
    return "S", value.encode()
