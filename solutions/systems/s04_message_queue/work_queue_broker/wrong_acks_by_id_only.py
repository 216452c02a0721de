"""Acknowledges by id, whoever asks: an old holder removes what a new one works on."""

import base64
import heapq
import json
import zlib
from dataclasses import dataclass
from typing import Any


@dataclass
class _Message:
    """A message that is not acknowledged; `holder` is the consumer that has it now."""

    body: bytes
    attempts: int = 0
    holder: str | None = None
    dead: bool = False


class _Journal:
    """Records in a file, one in a line: crc32 in hex, a space, JSON, LF."""

    def __init__(self, path: str) -> None:
        """Open or create the file and cut off a torn last line."""
        self._file = open(path, "a+b", buffering=0)  # noqa: SIM115 - it lives as long as we do
        self._file.seek(0)
        data = self._file.read()
        whole = data.rfind(b"\n") + 1
        try:
            self.records = [self._parsed(line) for line in data[:whole].split(b"\n")[:-1]]
        except ValueError:
            self._file.close()
            raise
        self._file.truncate(whole)

    @staticmethod
    def _parsed(line: bytes) -> dict[str, Any]:
        """Return the record of a line; ValueError if the line is damaged."""
        text = line[9:]
        if line[:9] != b"%08x " % zlib.crc32(text):
            raise ValueError(f"damaged record: {line[:60]!r}")
        return json.loads(text)

    def append(self, **record: Any) -> None:
        """Write a record; it survives the end of the process, unbuffered as the file is."""
        text = json.dumps(record).encode()
        self._file.write(b"%08x %s\n" % (zlib.crc32(text), text))

    def close(self) -> None:
        self._file.close()


class WorkQueue:
    """Ids count from 1. What a message still needs is in `_messages`; two heaps find it.

    `_ready` has the ids that wait, `_leases` (end, id, attempt) of each delivery; an entry there
    means nothing any more once the message is not held in that attempt.
    """

    def __init__(self, path: str, visibility_ms: int, max_attempts: int) -> None:
        """Open the journal at `path` and take up where it ends; ValueError if it is damaged."""
        if visibility_ms < 1 or max_attempts < 1:
            raise ValueError("visibility_ms and max_attempts must be positive")
        self._visibility_ms, self._max_attempts = visibility_ms, max_attempts
        self._messages: dict[int, _Message] = {}
        self._held_by: dict[str, int] = {}
        self._ready: list[int] = []
        self._leases: list[tuple[int, int, int]] = []
        self._last_id = 0
        self._closed = False
        self._journal = _Journal(path)
        for record in self._journal.records:
            self._replay(**record)
        for msg_id in self._messages:
            self._release(msg_id)

    def _replay(self, op: str, id: int, body: str = "") -> None:
        match op:
            case "publish":
                self._messages[id] = _Message(base64.b64decode(body))
                self._last_id = id
            case "receive":
                self._messages[id].attempts += 1
            case "dead":
                self._messages[id].dead = True
            case "ack":
                del self._messages[id]

    def publish(self, body: bytes, now_ms: int) -> int:
        """Accept a message; it is in the journal when this returns its id."""
        self._look(now_ms)
        self._last_id += 1
        text = base64.b64encode(body).decode()
        self._journal.append(op="publish", id=self._last_id, body=text)
        self._messages[self._last_id] = _Message(body)
        heapq.heappush(self._ready, self._last_id)
        return self._last_id

    def receive(self, consumer: str, now_ms: int) -> tuple[int, bytes, int] | None:
        """Hand out the smallest id that is ready, as (id, body, attempt); one for a consumer."""
        self._look(now_ms)
        if consumer in self._held_by or not self._ready:
            return None
        msg_id = heapq.heappop(self._ready)
        self._journal.append(op="receive", id=msg_id)
        message = self._messages[msg_id]
        message.attempts += 1
        message.holder = consumer
        self._held_by[consumer] = msg_id
        lease = (now_ms + self._visibility_ms, msg_id, message.attempts)
        heapq.heappush(self._leases, lease)
        return msg_id, message.body, message.attempts

    def ack(self, consumer: str, msg_id: int, now_ms: int) -> bool:
        """Take the message away for good; False if the consumer does not hold it now."""
        self._look(now_ms)
        holder = self._messages[msg_id].holder if msg_id in self._messages else None
        if holder is None:
            return False
        self._journal.append(op="ack", id=msg_id)
        del self._held_by[holder], self._messages[msg_id]
        return True

    def nack(self, consumer: str, msg_id: int, requeue: bool, now_ms: int) -> bool:
        """Give the message back, or declare it dead; False if the consumer does not hold it."""
        self._look(now_ms)
        if self._held_by.get(consumer) != msg_id:
            return False
        if not requeue:
            self._journal.append(op="dead", id=msg_id)
            self._messages[msg_id].dead = True
        self._release(msg_id)
        return True

    def disconnect(self, consumer: str, now_ms: int) -> list[int]:
        """Give back what the consumer holds; return its id in a list."""
        self._look(now_ms)
        msg_id = self._held_by.get(consumer)
        if msg_id is None:
            return []
        self._release(msg_id)
        return [msg_id]

    def dead(self) -> list[int]:
        """Return the ids that are never delivered again, ascending."""
        self._check_open()
        return sorted(msg_id for msg_id, message in self._messages.items() if message.dead)

    def close(self) -> None:
        """Close the journal."""
        self._closed = True
        self._journal.close()

    def _look(self, now_ms: int) -> None:
        """Take back what was held for too long."""
        self._check_open()
        while self._leases and self._leases[0][0] <= now_ms:
            _, msg_id, attempt = heapq.heappop(self._leases)
            message = self._messages.get(msg_id)
            if message and message.holder is not None and message.attempts == attempt:
                self._release(msg_id)

    def _check_open(self) -> None:
        if self._closed:
            raise ValueError("the queue is closed")

    def _release(self, msg_id: int) -> None:
        """Let a message that nobody holds any more wait again, or be dead after its last attempt.

        This is not in the journal: whoever reads it finds the same from the attempts alone.
        """
        message = self._messages[msg_id]
        if message.holder is not None:
            del self._held_by[message.holder]
            message.holder = None
        message.dead = message.dead or message.attempts >= self._max_attempts
        if not message.dead:
            heapq.heappush(self._ready, msg_id)
