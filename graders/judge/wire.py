"""How values cross between the suite's side and the worker: by value, capped, self-made.

Owns the encoding and the frames, and trusts no byte it decodes. Knows nothing of suites,
limits or verdicts. Both sides run this module, so it imports the standard library only.

    frame  = length u32 · value
    value  = tag u8 · payload            scalars, containers, references
    vector = 'V' · container · element · n u32 · packed      many equal things at C speed

Why not msgpack or cbor2: none of them counts nodes before building them, and 4 MiB of empty
lists became 289 MiB. Caps come from measurements (docs/security.md): a set of multiples of
2**61-1 took 4.8 s to build, an int of 256 KiB 5.6 s to print.
"""

from __future__ import annotations

import gc
import struct
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate, chain, pairwise
from typing import Any

from graders.judge import wire_types

FRAME_CAP = 16 << 20  # bytes from the worker; more is OUTPUT_LIMIT
REQUEST_CAP = 256 << 20  # bytes to the worker: suites are trusted, typing errors are not free
NODE_CAP = 2_000_000
DEPTH_CAP = 64
INT_CAP = 4 << 10  # bytes of one int
BUCKET_CAP = 32  # keys of one set or dict with the same hash
VECTOR_MIN = 8  # below this the plain form is shorter
ROW_WIDTH = 16  # equal-length tuples up to this width travel as columns

_U32 = struct.Struct("<I")
_I64 = struct.Struct("<q")
_F64 = struct.Struct("<d")
_CONTAINERS: dict[bytes, Callable[[Iterable[Any]], Any]] = {
    b"l": list, b"t": tuple, b"S": set, b"Z": frozenset,
}
_INT, _STR, _FLOAT = b"isd"
_CONSTANTS = {b"N"[0]: None, b"T"[0]: True, b"F"[0]: False}
_TAGS: dict[type, bytes] = {list: b"l", tuple: b"t", set: b"S", frozenset: b"Z"}


class ProtocolError(Exception):
    """The bytes are not a value within the caps."""


class TooMuch(ProtocolError):
    """A value within the grammar but over a cap: the learner's OUTPUT_LIMIT."""


class CannotCross(TypeError):
    """A value of a type that does not travel; the text names the type."""


def frame(body: bytes) -> bytes:
    """Return `body` with its length in front."""
    return _U32.pack(len(body)) + body


class Codec:
    """Encode and decode values; what is not plain data goes through the two reference hooks.

    `to_ref(value)` returns (kind, plain) or None; `from_ref(kind, plain)` returns the object or
    raises ProtocolError. `extras` names the result types allowed beyond plain data.
    """

    def __init__(
        self,
        to_ref: Callable[[Any], tuple[str, Any] | None],
        from_ref: Callable[[str, Any], Any],
        extras: Iterable[str] = (),
    ) -> None:
        self._to_ref, self._from_ref = to_ref, from_ref
        self._extras = frozenset(extras)

    def dumps(self, value: Any) -> bytes:
        """Encode `value`. Raises CannotCross for a foreign type, TooMuch for depth or size."""
        out: list[bytes] = []
        try:
            self._put(value, out, 0)
        except RecursionError:
            raise TooMuch("nested too deeply") from None
        return b"".join(out)

    def _put(self, value: Any, out: list[bytes], depth: int) -> None:
        kind = type(value)
        if value is None:
            out.append(b"N")
        elif kind is bool:
            out.append(b"T" if value else b"F")
        elif kind is int:
            self._put_int(value, out)
        elif kind is str:
            data = value.encode("utf-8", "surrogatepass")
            out += (b"s", _U32.pack(len(data)), data)
        elif kind is float:
            out += (b"d", _F64.pack(value))
        elif kind is bytes:
            out += (b"b", _U32.pack(len(value)), value)
        elif kind in _TAGS:
            self._put_items(_TAGS[kind], value, out, depth + 1)
        elif kind is dict:
            out.append(b"m")
            self._put_items(b"l", list(value), out, depth + 1)
            self._put_items(b"l", list(value.values()), out, depth + 1)
        elif kind is complex:
            out += (b"c", _F64.pack(value.real), _F64.pack(value.imag))
        else:
            self._put_other(value, kind, out, depth)

    @staticmethod
    def _put_int(value: int, out: list[bytes]) -> None:
        if -(1 << 63) <= value < 1 << 63:
            out += (b"i", _I64.pack(value))
            return
        size = (value.bit_length() + 8) // 8
        if size > INT_CAP:
            raise TooMuch(f"an int of {size} bytes (at most {INT_CAP})")
        out += (b"I", _U32.pack(size), value.to_bytes(size, "little", signed=True))

    def _put_other(self, value: Any, kind: type, out: list[bytes], depth: int) -> None:
        reference = self._to_ref(value)
        if reference is not None:
            out.append(b"r")
            self._put(reference[0], out, depth + 1)
            self._put(reference[1], out, depth + 1)
            return
        extra = wire_types.encode_extra(value, self._extras)
        if extra is not None:
            out += (b"x", extra[0].encode())
            self._put(extra[1], out, depth + 1)
            return
        self._put(wire_types.base_value(value, kind, CannotCross), out, depth + 1)

    def _put_items(self, tag: bytes, items: Any, out: list[bytes], depth: int) -> None:
        if depth > DEPTH_CAP:
            raise TooMuch(f"nested more than {DEPTH_CAP} deep")
        size = len(items)
        if size >= VECTOR_MIN and self._put_vector(tag, items, size, out, depth):
            return
        out += (tag, _U32.pack(size))
        for item in items:
            self._put(item, out, depth)

    def _put_vector(self, tag: bytes, items: Any, size: int, out: list[bytes], depth: int) -> bool:
        kinds = set(map(type, items))
        kind = kinds.pop()
        if kinds:
            return False
        head = (b"V", tag)
        if kind is int:
            try:
                packed = array("q", items)
            except OverflowError:
                return False
            out += (*head, b"q", _U32.pack(size), packed.tobytes())
        elif kind is float:
            out += (*head, b"d", _U32.pack(size), array("d", items).tobytes())
        elif kind is str:
            blob = "".join(items).encode("utf-8", "surrogatepass")
            lengths = array("I", map(len, items)).tobytes()
            out += (*head, b"s", _U32.pack(size), lengths, _U32.pack(len(blob)), blob)
        elif kind is bytes:
            blob = b"".join(items)
            lengths = array("I", map(len, items)).tobytes()
            out += (*head, b"b", _U32.pack(size), lengths, _U32.pack(len(blob)), blob)
        elif kind is tuple:
            widths = sorted(set(map(len, items)))
            if not 1 <= widths[0] <= widths[-1] <= ROW_WIDTH:
                return False
            if len(widths) > 1:
                out += (*head, b"W", _U32.pack(size), bytes(map(len, items)))
                for width in widths:
                    rows = [row for row in items if len(row) == width]
                    self._put_items(b"l", rows, out, depth + 1)
                return True
            out += (*head, b"R", _U32.pack(size), bytes(widths))
            for column in zip(*items, strict=True):
                self._put_items(b"l", column, out, depth + 1)
        elif kind is list:
            lengths = array("I", map(len, items)).tobytes()
            out += (*head, b"L", _U32.pack(size), lengths)
            self._put_items(b"l", list(chain.from_iterable(items)), out, depth + 1)
        else:
            return False
        return True

    def loads(self, data: bytes) -> Any:
        """Decode one value that fills `data`. Raises ProtocolError or TooMuch, nothing else."""
        reader = _Reader(data, self._from_ref, self._extras)
        collects = gc.isenabled()
        gc.disable()  # millions of new containers would be walked again and again
        try:
            value = reader.value(0)
        except ProtocolError:
            raise
        except (ValueError, TypeError, ArithmeticError, struct.error, RecursionError) as error:
            raise ProtocolError(f"malformed value: {type(error).__name__}") from None
        finally:
            if collects:
                gc.enable()
        if reader.at != len(data):
            raise ProtocolError("bytes left over")
        return value


class _Reader:
    """One pass over the bytes of one value; counts before it builds."""

    def __init__(
        self, data: bytes, from_ref: Callable[[str, Any], Any], extras: frozenset[str]
    ) -> None:
        self.data, self.at, self.nodes = data, 0, 0
        self._from_ref, self._extras = from_ref, extras

    def take(self, size: int) -> bytes:
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
        return int(_U32.unpack(self.take(4))[0])

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
            return self._dict(self.value(depth + 1), self.value(depth + 1))
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
            rows = {width: iter(self._list(depth, widths.count(width))) for width in kinds}
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

    @staticmethod
    def _build(tag: bytes, items: list[Any]) -> Any:
        if tag == b"l":
            return items
        if tag in b"SZ":
            _refuse_collisions(items)
        return _CONTAINERS[tag](items)

    @staticmethod
    def _dict(keys: Any, values: Any) -> dict[Any, Any]:
        if type(keys) is not list or type(values) is not list or len(keys) != len(values):
            raise ProtocolError("dict without matching keys and values")
        _refuse_collisions(keys)
        return dict(zip(keys, values, strict=True))


def _refuse_collisions(keys: list[Any]) -> None:
    """Refuse keys made to collide: the table would be built in quadratic time."""
    if len(keys) > BUCKET_CAP and max(Counter(map(hash, keys)).values()) > BUCKET_CAP:
        raise TooMuch(f"more than {BUCKET_CAP} keys with the same hash")
