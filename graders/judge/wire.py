"""How values cross between the suite's side and the worker: by value, capped, self-made.

Owns the encoding and the frames, and trusts no byte it decodes. Knows nothing of suites,
limits or verdicts. Both sides run this module, so it imports the standard library only.

    frame  = length u32 · value | question | '=' value
    value  = tag u8 · payload            scalars, containers, references
    vector = 'V' · container · element · n u32 · packed      many equal things at C speed
    question = '?' · offer u32 · name u8 · n u16 · m u16 · value * n · (value value) * m
               a call of an offered function; most answers are '=' and what it returned

Why not msgpack or cbor2: none of them counts nodes before building them, and 4 MiB of empty
lists became 289 MiB. Caps come from measurements (docs/security.md): a set of multiples of
2**61-1 took 4.8 s to build, an int of 256 KiB 5.6 s to print.
"""

from __future__ import annotations

import gc
import struct
from array import array
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, TypeVar

from graders.judge import wire_types
from graders.judge.wire_read import (
    BUCKET_CAP,
    DEPTH_CAP,
    INT_CAP,
    NODE_CAP,
    QUESTION_HEAD,
    ROW_WIDTH,
    ProtocolError,
    Question,
    Reader,
    TooMuch,
)

FRAME_CAP = 16 << 20  # bytes from the worker; more is OUTPUT_LIMIT
VECTOR_MIN = 8  # below this the plain form is shorter

_U32 = struct.Struct("<I")
_I64 = struct.Struct("<q")
_F64 = struct.Struct("<d")
_MANY = (1 << 16) - 1  # arguments of a question
QUESTION, RETURNED = b"?", b"="
_T = TypeVar("_T")
_TAGS: dict[type, bytes] = {list: b"l", tuple: b"t", set: b"S", frozenset: b"Z"}
__all__ = ["BUCKET_CAP", "DEPTH_CAP", "FRAME_CAP", "INT_CAP", "NODE_CAP", "QUESTION",
           "RETURNED", "CannotCross", "Codec", "ProtocolError", "Question", "TooMuch", "frame"]


class CannotCross(TypeError):
    """A value of a type that does not travel; the text names the type."""


def frame(body: bytes) -> bytes:
    """Return `body` with its length in front."""
    return _U32.pack(len(body)) + body


class Codec:
    """Encode and decode values; what is not plain data goes through the two reference hooks.

    `to_ref(value)` returns (kind, plain) or None; `from_ref(kind, plain)` returns the object or
    raises ProtocolError. `extras` names the result types allowed beyond plain data. A worker
    vouches for what the judge sends it; what a worker sends nobody vouches for.
    """

    def __init__(
        self,
        to_ref: Callable[[Any], tuple[str, Any] | None],
        from_ref: Callable[[str, Any], Any],
        extras: Iterable[str] = (),
        vouched: bool = False,
    ) -> None:
        self._to_ref, self._from_ref = to_ref, from_ref
        self._extras, self._vouched = frozenset(extras), vouched
        self._nodes = 0

    def dumps(self, value: Any, before: bytes = b"") -> bytes:
        """Encode `value` behind the bytes `before`.

        Raises CannotCross for a foreign type, TooMuch for depth or size.
        """
        out = [before]
        self._put_all((value,), out, 0)
        return b"".join(out)

    def dumps_question(self, asked: Question) -> bytes:
        """Encode a call of an offered function; raises as `dumps` does."""
        offer, name, args, named = asked
        if len(args) > _MANY or len(named) > _MANY:
            raise TooMuch(f"more than {_MANY} values")
        out = [QUESTION_HEAD.pack(QUESTION, offer, name, len(args), len(named))]
        self._put_all(args, out, 2)
        if named:
            self._put_all(chain.from_iterable(named.items()), out, 2)
        return b"".join(out)

    def _put_all(self, values: Iterable[Any], out: list[bytes], depth: int) -> None:
        self._nodes = 0
        try:
            for value in values:
                self._put(value, out, depth)
        except RecursionError:
            raise TooMuch("nested too deeply") from None

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
        extra = wire_types.encode_extra(value, self._extras, CannotCross)
        if extra is not None:
            out += (b"x", extra[0].encode())
            self._put(extra[1], out, depth + 1)
            return
        self._put(wire_types.base_value(value, kind, CannotCross), out, depth + 1)

    def _put_items(self, tag: bytes, items: Any, out: list[bytes], depth: int) -> None:
        if depth > DEPTH_CAP:
            raise TooMuch(f"nested more than {DEPTH_CAP} deep")
        size = len(items)
        self._nodes += size
        if self._nodes > NODE_CAP:
            raise TooMuch(f"more than {NODE_CAP} values")
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
                    self._put_items(b"l", rows, out, depth)
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

    def loads(self, data: bytes, begin: int = 0) -> Any:
        """Decode one value that fills `data` from `begin` on.

        Raises ProtocolError or TooMuch, nothing else.
        """
        return self._read(data, begin, Reader.top)

    def loads_question(self, data: bytes, begin: int = 0) -> Question:
        """Decode a call of an offered function; raises as `loads` does."""
        return self._read(data, begin, Reader.question)

    def _read(self, data: bytes, begin: int, grammar: Callable[[Reader], _T]) -> _T:
        reader = Reader(data, begin, self._from_ref, self._extras, self._vouched)
        collects = gc.isenabled()
        gc.disable()  # millions of new containers would be walked again and again
        try:
            found = grammar(reader)
        except ProtocolError:
            raise
        except (ValueError, TypeError, ArithmeticError, struct.error, RecursionError) as error:
            raise ProtocolError(f"malformed value: {type(error).__name__}") from None
        finally:
            if collects:
                gc.enable()
        if reader.at != len(data):
            raise ProtocolError("bytes left over")
        return found
