"""Decoding of what came over the wire: one pass over bytes that nobody vouches for.

Counts before it builds, refuses what is over a cap, and raises ProtocolError or TooMuch for
anything that is not a value. The grammar is told in wire.py.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterable
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from graders.judge import wire_types
from graders.judge.wire_keys import BUCKET_CAP, Keys

NODE_CAP = 2_000_000
DEPTH_CAP = 64
INT_CAP = 4 << 10  # bytes of one int
ROW_WIDTH = 16  # equal-length tuples up to this width travel as columns

_U32 = struct.Struct("<I")
_I64 = struct.Struct("<q")
_F64 = struct.Struct("<d")
_CONTAINERS: dict[bytes, Callable[[Iterable[Any]], Any]] = {
    b"l": list, b"t": tuple, b"S": set, b"Z": frozenset,
}
_INT, _STR, _FLOAT = b"isd"
__all__ = ["BUCKET_CAP", "DEPTH_CAP", "INT_CAP", "NODE_CAP", "QUESTION_HEAD", "ROW_WIDTH",
           "ProtocolError", "Question", "Reader", "TooMuch"]
QUESTION_HEAD = struct.Struct("<cIBHH")  # its mark, offer, name, arguments, named ones
_CONSTANTS = {b"N"[0]: None, b"T"[0]: True, b"F"[0]: False}


class ProtocolError(Exception):
    """The bytes are not a value within the caps."""


class TooMuch(ProtocolError):
    """A value within the grammar but over a cap: the learner's OUTPUT_LIMIT."""


class Question(NamedTuple):
    """A call of what the suite has offered: which offer, and which of its names by its place."""

    offer: int
    name: int
    args: tuple[Any, ...]
    named: dict[str, Any]


class Reader:
    """One pass over the bytes of one value; counts before it builds.

    `vouched`: the bytes come from the judge, so keys are not looked at; it would cost the
    learner's CPU time.
    """

    def __init__(self, data: bytes, begin: int, from_ref: Callable[[str, Any], Any],
                 extras: frozenset[str], vouched: bool) -> None:
        self.data, self.at, self.nodes = data, begin, 0
        self._from_ref, self._extras = from_ref, extras
        self._keys = None if vouched else Keys(TooMuch)

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        end = self.at + size
        if end > len(self.data):
            raise ProtocolError("truncated")
        piece = self.data[self.at : end]
        self.at = end
        return piece

    def count(self, nodes: int, bytes_each: int = 1) -> int:
        """Account for `nodes` more values before they are built."""
        self.nodes += nodes
        if self.nodes > NODE_CAP:
            raise TooMuch(f"more than {NODE_CAP} values")
        if nodes * bytes_each > len(self.data) - self.at:
            raise ProtocolError("truncated")
        return nodes

    def u32(self) -> int:
        """Return the next four bytes as a number."""
        return int(_U32.unpack(self.take(4))[0])

    def top(self) -> Any:
        """Decode a message that is one value."""
        return self.value(0)

    def question(self) -> Question:
        """Decode a message that is a call of an offered function."""
        _, offer, name, size, named = QUESTION_HEAD.unpack_from(self.data, self.at)
        self.at += QUESTION_HEAD.size
        self.count(size + 2 * named)
        args = tuple([self.value(2) for _ in range(size)])
        return Question(offer, name, args, {self._word(): self.value(2) for _ in range(named)})

    def _word(self) -> str:
        word = self.value(2)
        if type(word) is not str:
            raise ProtocolError("an argument's name that is no text")
        return word

    def value(self, depth: int) -> Any:
        """Decode the next value. Containers account for their items, so scalars need not."""
        data, at = self.data, self.at
        if at >= len(data):
            raise ProtocolError("truncated")
        tag = data[at]
        if tag == _INT:
            self.at = at + 9
            return _I64.unpack_from(data, at + 1)[0]
        if tag == _STR:
            self.at = at + 1
            return self.take(self.u32()).decode("utf-8", "surrogatepass")
        self.at = at + 1
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        if tag == _FLOAT:
            self.at = at + 9
            return _F64.unpack_from(data, at + 1)[0]
        if depth > DEPTH_CAP + 8:  # references and extra types add levels of their own
            raise TooMuch(f"nested more than {DEPTH_CAP} deep")
        letter = data[at : at + 1]
        if letter in _CONTAINERS:
            size = self.count(self.u32())
            return self._build(letter, [self.value(depth + 1) for _ in range(size)])
        if letter == b"V":
            return self._vector(depth)
        return self._rare(letter, depth)

    def _rare(self, tag: bytes, depth: int) -> Any:
        if tag == b"m":
            return self._dict(self.value(depth), self.value(depth))
        if tag == b"b":
            return self.take(self.u32())
        if tag == b"I":
            size = self.u32()
            if size > INT_CAP:
                raise TooMuch(f"an int of {size} bytes (at most {INT_CAP})")
            return int.from_bytes(self.take(size), "little", signed=True)
        if tag == b"c":
            return complex(*struct.unpack("<dd", self.take(16)))
        if tag == b"r":
            kind, payload = self.value(depth + 1), self.value(depth + 1)
            if type(kind) is not str:
                raise ProtocolError("reference without a kind")
            return self._from_ref(kind, payload)
        if tag == b"x":
            name = self.take(1).decode("latin-1")
            plain = self.value(depth + 1)
            return wire_types.decode_extra(name, plain, self._extras, (ProtocolError, TooMuch))
        raise ProtocolError(f"unknown tag {tag!r}")

    def _vector(self, depth: int) -> Any:
        container, element = self.take(1), self.take(1)
        if container not in _CONTAINERS:
            raise ProtocolError(f"unknown container {container!r}")
        size = self.u32()
        if element in b"qd":
            packed = array(element.decode())
            packed.frombytes(self.take(8 * self.count(size, 8)))
            return self._build(container, packed.tolist())
        if element in b"sb":
            lengths = array("I")
            lengths.frombytes(self.take(4 * self.count(size, 4)))
            blob: Any = self.take(self.u32())
            if element == b"s":
                blob = blob.decode("utf-8", "surrogatepass")
            return self._build(container, self._slices(lengths, blob))
        if element == b"L":
            lengths = array("I")
            lengths.frombytes(self.take(4 * self.count(size, 4)))
            return self._build(container, self._slices(lengths, self.value(depth + 1)))
        if element == b"W":
            widths = self.take(self.count(size))
            kinds = sorted(set(widths))
            rows = {width: iter(self._list(depth - 1, widths.count(width))) for width in kinds}
            return self._build(container, [next(rows[width]) for width in widths])
        if element == b"R":
            width = self.take(1)[0]
            if not 1 <= width <= ROW_WIDTH:
                raise ProtocolError("row width")
            self.count(size)
            columns = [self._list(depth, size) for _ in range(width)]
            return self._build(container, list(zip(*columns, strict=True)))
        raise ProtocolError(f"unknown element {element!r}")

    def _list(self, depth: int, size: int) -> list[Any]:
        value = self.value(depth + 1)
        if type(value) is not list or len(value) != size:
            raise ProtocolError("a part of another length")
        return value

    @staticmethod
    def _slices(lengths: array[int], whole: Any) -> list[Any]:
        if type(whole) not in (list, str, bytes) or sum(lengths) != len(whole):
            raise ProtocolError("lengths do not add up")
        ends = list(accumulate(lengths, initial=0))
        return [whole[a:b] for a, b in pairwise(ends)]

    def _build(self, tag: bytes, items: list[Any]) -> Any:
        if tag == b"l":
            return items
        if tag == b"t" or self._keys is None:
            return _CONTAINERS[tag](items)
        self._keys.check(items, of_a_dict=False)
        if tag == b"S":
            return set(items)
        made = frozenset(items)
        self._keys.keep(made)
        return made

    def _dict(self, keys: Any, values: Any) -> dict[Any, Any]:
        if type(keys) is not list or type(values) is not list or len(keys) != len(values):
            raise ProtocolError("dict without matching keys and values")
        if self._keys is not None:
            self._keys.check(keys, of_a_dict=True)
        return dict(zip(keys, values, strict=True))
