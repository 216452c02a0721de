"""Frames on a service's private sockets: plain data as JSON, with bytes and dicts.

    control   suite -> service   [verb, …]     answer   ["ok", value] | ["error", text]
    events    service -> suite   [what, …]     answer   a word

A service is as hostile as a submission, so everything read is capped. The judge's own wire is
not used here: plain pytest speaks these frames as well, and the kit knows nothing of the judge.
"""

from __future__ import annotations

import json
import socket
from typing import Any

FRAME_CAP = 1 << 20  # bytes of one frame: what a suite looks at is small; JSON of it fits memory
_HEAD = 4


class FrameError(Exception):
    """The other side closed, or sent what is no frame."""


def encode(value: Any) -> bytes:
    """Return the frame of plain data.

    None, bool, int, float, str, bytes; lists, tuples and dicts with keys of str. Raises FrameError
    for anything else, and for what exceeds FRAME_CAP.
    """
    try:
        body = json.dumps(_outward(value), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise FrameError(f"cannot be sent: {error}") from error
    if len(body) > FRAME_CAP:
        raise FrameError(f"{len(body):,} bytes; a frame holds {FRAME_CAP:,}")
    return len(body).to_bytes(_HEAD, "little") + body


def decode(body: bytes) -> Any:
    """Return the value of a frame's body; tuples have become lists. Raises FrameError."""
    try:
        return json.loads(body, object_pairs_hook=_inward)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"is no frame: {error}") from error


def cut(buffer: bytearray) -> list[Any]:
    """Take the complete frames off the begin of `buffer`; return their values."""
    found = []
    while len(buffer) >= _HEAD:
        size = int.from_bytes(buffer[:_HEAD], "little")
        if size > FRAME_CAP:
            raise FrameError(f"announces {size:,} bytes; a frame holds {FRAME_CAP:,}")
        if len(buffer) < _HEAD + size:
            break
        body = bytes(buffer[_HEAD : _HEAD + size])
        del buffer[: _HEAD + size]
        found.append(decode(body))
    return found


def send(line: socket.socket, value: Any) -> None:
    """Send one frame over a blocking socket. Raises FrameError where the other side is gone."""
    data = encode(value)
    try:
        line.sendall(data)
    except OSError as error:
        raise FrameError(str(error)) from error


def receive(line: socket.socket) -> Any:
    """Read one frame from a blocking socket; its timeout, if any, is a FrameError as well."""
    head = _exactly(line, _HEAD)
    size = int.from_bytes(head, "little")
    if size > FRAME_CAP:
        raise FrameError(f"announces {size:,} bytes; a frame holds {FRAME_CAP:,}")
    return decode(_exactly(line, size))


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        try:
            piece = line.recv(size - len(data))
        except OSError as error:
            raise FrameError(str(error)) from error
        if not piece:
            raise FrameError("the other side has closed")
        data += piece
    return data


def _outward(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b": value.decode("latin-1")}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"d": [[key, _outward(each)] for key, each in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_outward(each) for each in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"{type(value).__name__} is not plain data")


def _inward(pairs: list[tuple[str, Any]]) -> bytes | dict[str, Any]:
    """Return the bytes or the dict that an object stands for; no other object is legal."""
    match pairs:
        case [("b", str(text))]:
            return text.encode("latin-1")  # a UnicodeEncodeError is a ValueError
        case [("d", list(items))]:
            found = {}
            for each in items:
                match each:
                    case [str(key), value]:
                        found[key] = value
                    case _:
                        raise ValueError("an object that stands for nothing")
            return found
    raise ValueError("an object that stands for nothing")
