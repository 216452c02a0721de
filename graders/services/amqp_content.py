"""A publish whose content is on its way in: a header, then the body in parts."""

from __future__ import annotations

from graders.services import amqp_wire
from graders.services.amqp_faults import ConnectionFault, failed
from graders.services.amqp_ledger import CHUNK, Ledger
from graders.services.amqp_message import MESSAGE_CAP
from graders.services.amqp_wire import Frame, Method


class Content:
    """Assembles one message. What came so far is on the ledger until `drop`."""

    def __init__(self, method: Method, ledger: Ledger) -> None:
        self.method, self._ledger = method, ledger
        self.properties = b""
        self._size: int | None = None
        self._chunks: list[bytes] = []
        self._received = self._held = 0

    def add(self, frame: Frame) -> bool:
        """Take the next frame; True when the message is complete.

        Raises ChannelFault (406) for a body that is too long, ConnectionFault for a frame that
        does not belong here or when the broker holds as much as it may.
        """
        if self._size is None:
            self._size, self.properties = self._header(frame)
        elif frame.type != amqp_wire.BODY:
            raise ConnectionFault(
                505, "expected content body, got non content body frame instead")
        elif frame.payload:
            self._hold(CHUNK + len(frame.payload))
            self._chunks.append(frame.payload)
            self._received += len(frame.payload)
        return self._received >= self._size

    def _header(self, frame: Frame) -> tuple[int, bytes]:
        if frame.type != amqp_wire.HEADER:
            raise ConnectionFault(505, "expected content header for class 60, "
                                       "got non content header frame instead")
        class_id, size, properties = amqp_wire.read_header(frame.payload)
        if class_id != amqp_wire.ids("Basic.Publish")[0]:
            raise ConnectionFault(505, "expected content header for class 60, "
                                       f"got one for class {class_id} instead")
        if size > MESSAGE_CAP:
            raise failed(f"message size {size} is larger than configured max size {MESSAGE_CAP}")
        self._hold(len(properties))
        return size, properties

    def _hold(self, amount: int) -> None:
        self._ledger.take(amount)
        self._held += amount

    def body(self) -> bytes:
        """Return the body; bytes beyond the announced size are RabbitMQ's to ignore, and ours."""
        return b"".join(self._chunks)[: self._size]

    def drop(self) -> None:
        """Take what came off the ledger."""
        self._ledger.give(self._held)
        self._held = 0
