"""Independent solution of work_queue_broker, written from statement and stub alone.

Each call that changes something lasting appends exactly one record, so that a cut file never
shows half of a call. A record is an object with some of these members, applied in this order:
"dead" (ids that became dead), then one of "publish" (id, with "body" in base64), "receive" (id)
and "ack" (id). Giving a message back needs no record of its own, unless it dies of it.
"""

import base64
import contextlib
import heapq
import json
import os
import zlib
from collections import deque
from dataclasses import dataclass


@dataclass
class _Message:
    body: bytes
    attempts: int = 0


class WorkQueue:
    """Messages for several consumers, each of which has one at a time. Ids count from 1."""

    def __init__(self, path: str, visibility_ms: int, max_attempts: int) -> None:
        """Open or create the journal at `path` and take up where it ends.

        ValueError if a number is below 1, or if the journal is damaged.
        """
        if visibility_ms < 1 or max_attempts < 1:
            raise ValueError("visibility_ms and max_attempts must be at least 1")
        self._visibility_ms = visibility_ms
        self._max_attempts = max_attempts
        self._next_id = 1
        self._messages: dict[int, _Message] = {}  # ready and held
        self._dead: set[int] = set()
        self._unwritten_dead: list[int] = []  # dead, but the journal does not say so yet
        self._ready: list[int] = []  # a heap
        self._holding: dict[str, int] = {}  # consumer: message
        self._holder: dict[int, str] = {}  # message: consumer
        self._leases: deque[tuple[int, int, int]] = deque()  # (end, message, attempt), by end
        self._size = 0  # of the whole records in the journal
        self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            self._load()
        except BaseException:
            self.close()
            raise

    def publish(self, body: bytes, now_ms: int) -> int:
        """Accept a message and return its id; from then on no crash loses it."""
        self._begin(now_ms)
        msg_id = self._next_id
        self._write({"publish": msg_id, "body": base64.b64encode(body).decode("ascii")})
        self._next_id += 1
        self._messages[msg_id] = _Message(bytes(body))
        heapq.heappush(self._ready, msg_id)
        return msg_id

    def receive(self, consumer: str, now_ms: int) -> tuple[int, bytes, int] | None:
        """Return (id, body, attempt) of the ready message with the smallest id, now held.

        None if there is none, or while the consumer holds another one.
        """
        self._begin(now_ms)
        if consumer in self._holding or not self._ready:
            self._write_deaths()
            return None
        msg_id = self._ready[0]
        self._write({"receive": msg_id})
        heapq.heappop(self._ready)
        message = self._messages[msg_id]
        message.attempts += 1
        self._holding[consumer] = msg_id
        self._holder[msg_id] = consumer
        self._leases.append((now_ms + self._visibility_ms, msg_id, message.attempts))
        return msg_id, message.body, message.attempts

    def ack(self, consumer: str, msg_id: int, now_ms: int) -> bool:
        """Remove a message for good; False, and no effect, if the consumer does not hold it."""
        self._begin(now_ms)
        if self._holding.get(consumer) != msg_id:
            self._write_deaths()
            return False
        self._write({"ack": msg_id})
        self._release(msg_id)
        del self._messages[msg_id]
        return True

    def nack(self, consumer: str, msg_id: int, requeue: bool, now_ms: int) -> bool:
        """Give a message back, or make it dead; False if the consumer does not hold it."""
        self._begin(now_ms)
        holds = self._holding.get(consumer) == msg_id
        if holds and requeue:
            self._give_back(msg_id)
        elif holds:
            self._release(msg_id)
            self._bury(msg_id)
        self._write_deaths()
        return holds

    def disconnect(self, consumer: str, now_ms: int) -> list[int]:
        """Give back what the consumer holds; return the ids, none or one."""
        self._begin(now_ms)
        msg_id = self._holding.get(consumer)
        if msg_id is not None:
            self._give_back(msg_id)
        self._write_deaths()
        return [] if msg_id is None else [msg_id]

    def dead(self) -> list[int]:
        """Return the ids of dead messages, ascending."""
        self._check_open()
        self._write_deaths()  # what is told once must stay true after reopening
        return sorted(self._dead)

    def close(self) -> None:
        """Close the journal; every later call but this one raises ValueError."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            os.close(fd)

    # The state of the messages

    def _begin(self, now_ms: int) -> None:
        """Check that the journal is open, and end the leases that are over."""
        self._check_open()
        while self._leases and self._leases[0][0] <= now_ms:
            _, msg_id, attempt = self._leases.popleft()
            if msg_id in self._holder and self._messages[msg_id].attempts == attempt:
                self._give_back(msg_id)

    def _give_back(self, msg_id: int) -> None:
        self._release(msg_id)
        if self._messages[msg_id].attempts >= self._max_attempts:
            self._bury(msg_id)
        else:
            heapq.heappush(self._ready, msg_id)

    def _release(self, msg_id: int) -> None:
        del self._holding[self._holder.pop(msg_id)]

    def _bury(self, msg_id: int) -> None:
        del self._messages[msg_id]
        self._dead.add(msg_id)
        self._unwritten_dead.append(msg_id)

    # The journal

    def _check_open(self) -> int:
        if self._fd is None:
            raise ValueError("the queue is closed")
        return self._fd

    def _write_deaths(self) -> None:
        if self._unwritten_dead:
            self._write({})

    def _write(self, record: dict[str, object]) -> None:
        """Append the record, and with it the deaths that are not in the journal yet."""
        fd = self._check_open()
        if self._unwritten_dead:
            record = {"dead": self._unwritten_dead, **record}
        text = json.dumps(record, separators=(",", ":")).encode("ascii")
        line = b"%08x %b\n" % (zlib.crc32(text), text)
        left = memoryview(line)
        try:
            while left:
                left = left[os.write(fd, left) :]
        except BaseException:
            with contextlib.suppress(OSError):
                os.ftruncate(fd, self._size)
            raise
        self._size += len(line)
        self._unwritten_dead = []

    def _load(self) -> None:
        fd = self._check_open()
        with open(fd, "rb", closefd=False) as journal:
            content = journal.read()
        *lines, torn = content.split(b"\n")
        for number, line in enumerate(lines, 1):
            checksum, space, text = line[:8], line[8:9], line[9:]
            if space != b" " or checksum != b"%08x" % zlib.crc32(text):
                raise ValueError(f"line {number} of the journal is damaged")
            try:
                self._replay(json.loads(text))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"line {number} of the journal makes no sense") from error
        self._size = len(content) - len(torn)
        if torn:
            os.ftruncate(fd, self._size)
        for msg_id in list(self._messages):
            if self._messages[msg_id].attempts >= self._max_attempts:
                self._bury(msg_id)
        self._ready = sorted(self._messages)

    def _replay(self, record: dict) -> None:
        for msg_id in record.get("dead", ()):
            del self._messages[msg_id]
            self._dead.add(msg_id)
        if "publish" in record:
            msg_id = record["publish"]
            if msg_id != self._next_id:
                raise ValueError("an id out of turn")
            self._messages[msg_id] = _Message(base64.b64decode(record["body"], validate=True))
            self._next_id += 1
        elif "receive" in record:
            self._messages[record["receive"]].attempts += 1
        elif "ack" in record:
            del self._messages[record["ack"]]
