"""Messages out of a stream of pieces: four bytes of length, then as many of the message.

Both sides of the wire read with it. What comes behind a message is kept for the next one; most
come in one piece, and then nothing is copied. Knows neither values (wire.py) nor waiting.
"""

from __future__ import annotations

from collections.abc import Callable

LENGTH_BYTES = 4  # in front of each message
_PIECE = 1 << 12  # asked for while a message's length is unknown; most are shorter
_LONGEST_PIECE = 1 << 20


class Inbox:
    """What came from the other side and was not read yet.

    `receive(most)` returns what comes next, at least one byte and at most so many, or b"" when the
    other side has closed. `refuse(size)` raises where a message of so many bytes is too long: it
    is called before they are gathered.
    """

    def __init__(self, receive: Callable[[int], bytes],
                 refuse: Callable[[int], None] | None = None) -> None:
        self._receive, self._refuse = receive, refuse
        self._left = b""

    def clear(self) -> None:
        """Forget what was not read: another process is on the other side now."""
        self._left = b""

    def message(self) -> bytes:
        """Return the next message, its length in front; b"" where the other side has closed."""
        data = self._left or self._receive(_PIECE)
        while len(data) < LENGTH_BYTES:
            piece = self._receive(_PIECE)
            if not piece:
                return b""
            data += piece
        size = int.from_bytes(data[:LENGTH_BYTES], "little")
        if self._refuse is not None:
            self._refuse(size)
        end = LENGTH_BYTES + size
        if len(data) < end:
            whole = bytearray(data)
            while len(whole) < end:
                piece = self._receive(min(end - len(whole), _LONGEST_PIECE))
                if not piece:
                    return b""
                whole += piece
            data = bytes(whole)
        self._left = data[end:]
        return data[:end]
