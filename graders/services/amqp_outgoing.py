"""Bytes on their way to one peer, on the ledger while it does not read them."""

from __future__ import annotations

from collections import deque

from graders.services.amqp_ledger import Ledger

HIGH_WATER = 1 << 20  # bytes; above, nothing more is read from the peer or delivered to it
_BATCH = 64 << 10  # bytes for one call of send; more would only be copied twice


class Outgoing:
    """A line of frames. Above HIGH_WATER it grows by one reply at most: see `Connection`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._frames: deque[bytes] = deque()
        self.size = 0

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def congested(self) -> bool:
        """Tell whether the peer has to read before it gets more."""
        return self.size > HIGH_WATER

    def add(self, frame: bytes) -> None:
        """Put a frame in line."""
        self._frames.append(frame)
        self.size += len(frame)
        self._ledger.owe(len(frame))

    def head(self) -> bytes:
        """Return what to send next, some frames at once; empty if there is nothing."""
        parts: list[bytes] = []
        size = 0
        while self._frames and (not parts or size + len(self._frames[0]) <= _BATCH):
            parts.append(self._frames.popleft())
            size += len(parts[-1])
        if parts:
            self._frames.appendleft(b"".join(parts))
        return self._frames[0] if parts else b""

    def sent(self, count: int) -> None:
        """Take `count` bytes of the head off."""
        head = self._frames.popleft()
        if count < len(head):
            self._frames.appendleft(head[count:])
        self._forget(count)

    def shorten(self, frames: int) -> None:
        """Drop what was added after there were `frames` frames in line."""
        while len(self._frames) > frames:
            self._forget(len(self._frames.pop()))

    def _forget(self, count: int) -> None:
        self.size -= count
        self._ledger.give(count)
