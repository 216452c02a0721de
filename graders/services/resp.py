"""RESP, the protocol of Redis: commands read off a stream, replies found and read.

https://redis.io/docs/latest/develop/reference/protocol-spec/ . Pure: bytes in, values out. What
a peer may announce is capped before anything is kept for it.
"""

from __future__ import annotations

from typing import Any

BULK_CAP = 16 << 20  # bytes of one string; Redis itself allows 512 MiB
FIELDS_CAP = 1 << 16
LINE_CAP = 64 << 10
DEPTH_CAP = 32


class BadRequest(Exception):
    """A peer broke the protocol: it gets this text as an error and is cut off, as by Redis."""


class ReplyError(Exception):
    """An error reply; args hold its text."""


class Commands:
    """Reads the commands of one peer: feed bytes, take complete commands."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._fields: list[bytes] = []
        self._wanted = 0  # fields of the command under way that are still to come
        self._size = 0  # bytes of all its fields

    def feed(self, data: bytes) -> None:
        """Append what was received."""
        self._buffer += data

    def take(self) -> list[bytes] | None:
        """Return the next command; None: more bytes are needed. Raises BadRequest."""
        while True:
            if not self._wanted and not self._begin():
                return None
            while self._wanted:
                field = self._field()
                if field is None:
                    return None
                self._fields.append(field)
                self._wanted -= 1
            fields, self._fields, self._size = self._fields, [], 0
            if fields:  # Redis passes over an empty array
                return fields

    def _begin(self) -> bool:
        line = self._line()
        if line is None:
            return False
        if line and not line.startswith(b"*"):
            raise BadRequest("ERR Protocol error: expected '*'; inline commands are not served")
        self._wanted = max(0, _number(line[1:] or b"0", FIELDS_CAP, "multibulk"))
        return True

    def _field(self) -> bytes | None:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            self._refuse_long_line()
            return None
        if not self._buffer.startswith(b"$"):
            raise BadRequest("ERR Protocol error: expected '$'")
        size = _number(bytes(self._buffer[1:end]), BULK_CAP, "bulk")
        if size < 0 or self._size + size > BULK_CAP:
            raise BadRequest("ERR Protocol error: invalid bulk length")
        if len(self._buffer) < end + size + 4:
            return None
        field = bytes(self._buffer[end + 2 : end + 2 + size])
        del self._buffer[: end + size + 4]
        self._size += size
        return field

    def _line(self) -> bytes | None:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            self._refuse_long_line()
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        return line

    def _refuse_long_line(self) -> None:
        if b"\r\n" not in self._buffer and len(self._buffer) > LINE_CAP:
            raise BadRequest("ERR Protocol error: too big mbulk count string")


def _number(text: bytes, most: int, what: str) -> int:
    try:
        number = int(text) if len(text) < 20 else most + 1
    except ValueError:
        number = most + 1
    if number > most:
        raise BadRequest(f"ERR Protocol error: invalid {what} length")
    return number


def request(fields: list[bytes]) -> bytes:
    """Return a command as it is sent."""
    return b"*%d\r\n" % len(fields) + b"".join(
        b"$%d\r\n%b\r\n" % (len(each), each) for each in fields)


def error(text: str) -> bytes:
    """Return an error reply."""
    return b"-" + text.replace("\r", " ").replace("\n", " ").encode() + b"\r\n"


def status(text: bytes) -> bytes:
    """Return a status line such as OK."""
    return b"+" + text.replace(b"\r", b" ").replace(b"\n", b" ") + b"\r\n"


def array(items: list[bytes]) -> bytes:
    """Return an array of encoded replies."""
    return b"*%d\r\n" % len(items) + b"".join(items)


def reply(found: Any, protocol: int) -> bytes:
    """Return a plain value as a reply of RESP2 or RESP3, which has more types.

    Raises TypeError for what Redis cannot answer.
    """
    match found:
        case None:
            return b"_\r\n" if protocol == 3 else b"$-1\r\n"
        case bool() if protocol == 3:
            return b"#t\r\n" if found else b"#f\r\n"
        case int():
            return b":%d\r\n" % found
        case float() if protocol == 3:
            return f",{found:.17g}\r\n".encode()
        case float() | str():
            return reply(f"{found:.17g}".encode() if isinstance(found, float) else found.encode(),
                         protocol)
        case bytes():
            return b"$%d\r\n%b\r\n" % (len(found), found)
        case list() | tuple():
            return array([reply(each, protocol) for each in found])
        case dict():
            parts = [reply(each, protocol) for pair in found.items() for each in pair]
            kind = b"%%%d\r\n" % len(found) if protocol == 3 else b"*%d\r\n" % len(parts)
            return kind + b"".join(parts)
        case set() | frozenset():
            parts = [reply(each, protocol) for each in found]
            return (b"~" if protocol == 3 else b"*") + b"%d\r\n" % len(parts) + b"".join(parts)
    raise TypeError(f"a reply of type {type(found).__name__}")


def length(data: bytes | bytearray, start: int = 0, depth: int = 0) -> int:
    """Return where the reply that begins at `start` ends; -1 while it is not complete.

    Raises ValueError for what is no reply.
    """
    end = data.find(b"\r\n", start)
    if end < 0:
        return -1
    if depth > DEPTH_CAP:
        raise ValueError("a reply nested too deep")
    kind, line, end = data[start : start + 1], bytes(data[start + 1 : end]), end + 2
    if kind in b"$!=":
        size = int(line)
        return end if size < 0 else -1 if len(data) < end + size + 2 else end + size + 2
    if kind in b"*~>%|":
        count = max(0, int(line)) * (2 if kind in b"%|" else 1)
        for _ in range(count + (kind == b"|")):  # attributes come before the reply itself
            end = length(data, end, depth + 1)
            if end < 0:
                return -1
        return end
    if kind not in b"+-:_#,(":
        raise ValueError(f"no reply begins with {bytes(kind)!r}")
    return end


def value(data: bytes) -> Any:
    """Return a complete RESP2 reply as plain data; raises ReplyError for an error reply."""
    found, _ = _value(data, 0)
    if isinstance(found, ReplyError):
        raise found
    return found


def _value(data: bytes, start: int) -> tuple[Any, int]:
    end = data.index(b"\r\n", start)
    kind, line, after = data[start : start + 1], data[start + 1 : end], end + 2
    match kind:
        case b"+":
            return line, after
        case b"-":
            return ReplyError(line.decode(errors="backslashreplace")), after
        case b":":
            return int(line), after
        case b"$" if int(line) < 0:
            return None, after
        case b"$":
            return data[after : after + int(line)], after + int(line) + 2
        case b"*" if int(line) < 0:
            return None, after
        case b"*":
            items = []
            for _ in range(int(line)):
                item, after = _value(data, after)
                items.append(str(item) if isinstance(item, ReplyError) else item)
            return items, after
    raise ValueError(f"no RESP2 reply begins with {kind!r}")
