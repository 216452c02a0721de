"""Frames and methods of AMQP 0-9-1 to plain values and back.

    frame = type u8 · channel u16 · length u32 · payload · 0xCE
    type 1 method, 2 content header, 3 content body, 8 heartbeat

pamqp knows the methods, their numbers and the types of their fields; the bytes are read here,
strictly and within caps, because they come from code under test. Knows no state.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, cast

from pamqp import commands

from graders.services import amqp_table
from graders.services.amqp_faults import ConnectionFault, FramingFault

METHOD, HEADER, BODY, HEARTBEAT = 1, 2, 3, 8
FRAME_MAX, FRAME_MIN = 131072, 4096  # RabbitMQ's offer, and the least that a peer may ask for
FRAME_OVERHEAD = 8
PROTOCOL = b"AMQP\x00\x00\x09\x01"
ALIVE = b"\x08\x00\x00\x00\x00\x00\x00\xce"

_FRAME = struct.Struct(">BHI")
_CONTENT = struct.Struct(">HHQ")
_NUMBERS = {"octet": struct.Struct(">B"), "short": struct.Struct(">H"),
            "long": struct.Struct(">I"), "longlong": struct.Struct(">Q")}


@dataclass(frozen=True, slots=True)
class Spec:
    """One method of the protocol: its numbers, and its fields with their types in wire order."""

    name: str
    class_id: int
    method_id: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A method with its arguments by name, as in "Queue.Declare"."""

    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as it came."""

    type: int
    channel: int
    payload: bytes


def _specs() -> dict[int, Spec]:
    found = {}
    for index, each in cast(dict[int, Any], commands.INDEX_MAPPING).items():
        fields = tuple((name, each.amqp_type(name)) for name in each.attributes())
        found[index] = Spec(each.name, index >> 16, index & 0xFFFF, fields)
    return found


_BY_INDEX = _specs()
_BY_NAME = {each.name: each for each in _BY_INDEX.values()}


def ids(name: str) -> tuple[int, int]:
    """Return class and method number of a method; (0, 0) for no method."""
    spec = _BY_NAME.get(name)
    return (spec.class_id, spec.method_id) if spec else (0, 0)


def next_frame(buffer: bytearray, payload_max: int) -> Frame | None:
    """Take the next frame off `buffer`; None while it is not all there. Raises FramingFault."""
    if len(buffer) < _FRAME.size:
        return None
    type_, channel, length = _FRAME.unpack_from(buffer)
    if length > payload_max:
        raise FramingFault(501, f"type {type_}, all octets = <<>>: "
                                f"{{frame_too_large,{length},{payload_max}}}")
    end = _FRAME.size + length
    if len(buffer) <= end:
        return None
    frame = Frame(type_, channel, bytes(buffer[_FRAME.size : end]))
    if buffer[end] != 0xCE:
        raise malformed(frame, f"{{invalid_frame_end_marker,{buffer[end]}}}")
    del buffer[: end + 1]
    known = type_ in (METHOD, HEADER, BODY) or (type_ == HEARTBEAT and not length)
    if not known or (type_ == METHOD and length < 4):
        raise malformed(frame, "unknown_frame")
    return frame


def malformed(frame: Frame, why: str) -> FramingFault:
    """Return the error for bytes that are no frame of the protocol, as Erlang prints them."""
    return FramingFault(501, f"type {frame.type}, all octets = {_erlang(frame.payload)}: {why}")


def _erlang(data: bytes) -> str:
    if data and all(32 <= each < 127 for each in data):
        return f'<<"{data[:255].decode()}">>'
    return f"<<{','.join(map(str, data[:255]))}>>"


def read_method(payload: bytes) -> Method:
    """Decode a method frame's payload. Raises ConnectionFault for unknown or malformed ones."""
    index = int.from_bytes(payload[:4])
    spec = _BY_INDEX.get(index)
    if spec is None:
        raise ConnectionFault(503, f"unknown method {index >> 16}.{index & 0xFFFF}")
    try:
        return Method(spec.name, _read_fields(spec, payload))
    except (ValueError, struct.error, IndexError):
        fault = ConnectionFault(501, f"cannot decode {_erlang(payload[4:])}")
        raise fault.during(spec.name) from None


def _read_fields(spec: Spec, payload: bytes) -> dict[str, Any]:
    args: dict[str, Any] = {}
    place, bit = 4, 0
    for name, kind in spec.fields:
        if bit and (kind != "bit" or bit == 8):
            place, bit = place + 1, 0
        if kind == "bit":
            args[name], bit = bool(payload[place] >> bit & 1), bit + 1
        else:
            args[name], place = read_value(payload, place, kind)
    if place + bool(bit) != len(payload):
        raise ValueError("bytes left over")
    return args


def read_value(data: bytes, place: int, kind: str) -> tuple[Any, int]:
    """Return a value of a method or property, and where it ends. Raises ValueError and others."""
    if form := _NUMBERS.get(kind):
        return form.unpack_from(data, place)[0], place + form.size
    if kind == "table":
        return amqp_table.read(data, place)
    width = 1 if kind == "shortstr" else 4
    start = place + width
    end = start + int.from_bytes(data[place:start])
    if start > len(data) or end > len(data):
        raise ValueError("a string longer than its frame")
    return (data[start:end].decode() if width == 1 else data[start:end]), end


def write_value(value: Any, kind: str) -> bytes:
    """Return the bytes of a value of a method or property."""
    if form := _NUMBERS.get(kind):
        return form.pack(value)
    if kind == "table":
        return amqp_table.write(value)
    data = value.encode() if isinstance(value, str) else value
    return len(data).to_bytes(1 if kind == "shortstr" else 4) + data


def frame(type_: int, channel: int, payload: bytes) -> bytes:
    """Return the bytes of a frame."""
    return b"".join((_FRAME.pack(type_, channel, len(payload)), payload, b"\xce"))


def method(channel: int, name: str, **args: Any) -> bytes:
    """Return the bytes of a method frame; every field of the method must be given."""
    spec = _BY_NAME[name]
    parts = [spec.class_id.to_bytes(2), spec.method_id.to_bytes(2)]
    bits: list[bool] = []
    for field, kind in spec.fields:
        if kind == "bit":
            bits.append(args[field])
            continue
        parts += [_packed(bits), write_value(args[field], kind)]
        bits = []
    return frame(METHOD, channel, b"".join([*parts, _packed(bits)]))


def _packed(bits: list[bool]) -> bytes:
    return bytes([sum(1 << place for place, bit in enumerate(bits) if bit)]) if bits else b""


def read_header(payload: bytes) -> tuple[int, int, bytes]:
    """Return class number, body size in bytes and raw properties. Raises ConnectionFault."""
    if len(payload) < _CONTENT.size + 2:
        raise ConnectionFault(501, f"cannot decode {_erlang(payload)}")
    class_id, _, size = _CONTENT.unpack_from(payload)
    return class_id, size, payload[_CONTENT.size:]


def header(channel: int, size: int, properties: bytes) -> bytes:
    """Return the frame that tells a message's properties, and the size of its body in bytes."""
    return frame(HEADER, channel, _CONTENT.pack(ids("Basic.Publish")[0], 0, size) + properties)


def content(channel: int, properties: bytes, body: bytes, frame_max: int) -> list[bytes]:
    """Return the frames of a message: a header, and the body in frames of at most `frame_max`."""
    step = frame_max - FRAME_OVERHEAD
    bodies = (body[start : start + step] for start in range(0, len(body), step))
    return [header(channel, len(body), properties),
            *(frame(BODY, channel, each) for each in bodies)]
