"""One queue: messages in order, consumers in turn, expiry and length limits.

    publish -> [ready, by position] -> consumer or get -> unacknowledged (kept by the channel)
                      ^------------ requeue, at the old position ------------'

Knows consumers only by what a `Taker` offers, and never sends a byte itself. What dies here is
handed to `bury`, which knows about dead-letter exchanges.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from graders.services.amqp_arguments import Policy
from graders.services.amqp_ledger import Ledger
from graders.services.amqp_message import Message
from graders.services.amqp_table import Table


@dataclass(slots=True, order=True)
class Entry:
    """A message in one queue. Positions follow the order of publishing, also after a requeue."""

    position: int
    message: Message = field(compare=False)
    expires_s: float | None = field(compare=False, default=None)
    redelivered: bool = field(compare=False, default=False)


class Taker(Protocol):
    """A consumer as a queue sees it."""

    tag: str
    exclusive: bool
    stalled: bool

    def can_take(self) -> bool:
        """Tell whether the prefetch limit and the peer's reading allow one more message."""

    def take(self, entry: Entry) -> None:
        """Send a message to the peer."""


Bury = Callable[["Queue", Entry, str], None]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a queue was declared as; `owner` is the connection of an exclusive one."""

    name: str
    durable: bool = False
    auto_delete: bool = False
    owner: object | None = None
    arguments: Table = field(default_factory=dict)


class Queue:
    """A classic queue of RabbitMQ. Times are seconds of the broker's clock."""

    def __init__(self, declared: Declared, policy: Policy, ledger: Ledger, bury: Bury) -> None:
        self.declared, self.policy, self.name = declared, policy, declared.name
        self._ledger, self._bury = ledger, bury
        self._ready: list[Entry] = []  # a heap: a requeued message goes back to its place
        self._ready_bytes = 0
        self._last_position = 0
        self._turns: deque[Taker] = deque()
        self._consumers: dict[Taker, None] = {}
        self.unacked = 0
        self.deleted = False

    def __len__(self) -> int:
        return len(self._ready)

    @property
    def consumers(self) -> tuple[Taker, ...]:
        """Return the consumers, oldest first."""
        return tuple(self._consumers)

    @property
    def consumer_count(self) -> int:
        """Return how many consumers there are."""
        return len(self._consumers)

    @property
    def in_exclusive_use(self) -> bool:
        """Tell whether a consumer has the queue for itself; it is the only one then."""
        return any(each.exclusive for each in itertools.islice(self._consumers, 1))

    def next_expiry_s(self) -> float | None:
        """Return when the message at the head expires; only the head ever expires."""
        return self._ready[0].expires_s if self._ready else None

    def peek(self) -> list[Entry]:
        """Return the ready messages in order."""
        return sorted(self._ready)

    def publish(self, message: Message, now_s: float) -> bool:
        """Add a message and deliver what can be; False if the queue is full and refuses it.

        Raises ConnectionFault when the broker holds as much as it may.
        """
        if self.policy.rejects and self._overfull(1, len(message.body)):
            return False
        self._ledger.take(message.cost)
        self._last_position += 1
        ttls = [each for each in (self.policy.ttl_ms, message.ttl_ms) if each is not None]
        expires_s = now_s + min(ttls) / 1000 if ttls else None
        self._push(Entry(self._last_position, message, expires_s))
        if len(self._ready) == 1:
            self._deliver_one()  # before it can expire: a TTL of 0 means now or never
        self.expire(now_s)
        self._shed()
        return True

    def _overfull(self, more: int = 0, more_bytes: int = 0) -> bool:
        longest, largest = self.policy.max_length, self.policy.max_bytes
        return ((longest is not None and len(self._ready) + more > longest)
                or (largest is not None and self._ready_bytes + more_bytes > largest))

    def _push(self, entry: Entry) -> None:
        heapq.heappush(self._ready, entry)
        self._ready_bytes += len(entry.message.body)

    def _pop(self) -> Entry:
        entry = heapq.heappop(self._ready)
        self._ready_bytes -= len(entry.message.body)
        return entry

    def _shed(self) -> None:
        while not self.policy.rejects and self._ready and self._overfull():
            self._drop(self._pop(), "maxlen")

    def expire(self, now_s: float) -> None:
        """Drop what has expired at the head. A message behind an unexpired one waits its turn."""
        while (due := self.next_expiry_s()) is not None and due <= now_s:
            self._drop(self._pop(), "expired")

    def _drop(self, entry: Entry, reason: str) -> None:
        self._ledger.give(entry.message.cost)
        self._bury(self, entry, reason)

    def deliver(self, now_s: float) -> None:
        """Hand ready messages to consumers that can take one."""
        self.expire(now_s)
        while self._deliver_one():
            self.expire(now_s)

    def _deliver_one(self) -> bool:
        if not self._ready or (consumer := self._next_consumer()) is None:
            return False
        self.unacked += 1
        consumer.take(self._pop())
        return True

    def _next_consumer(self) -> Taker | None:
        """Return whose turn it is. One that cannot take loses its turn until `resume`."""
        while self._turns:
            consumer = self._turns.popleft()
            if consumer.can_take():
                self._turns.append(consumer)
                return consumer
            consumer.stalled = True
        return None

    def resume(self, consumer: Taker) -> None:
        """Give a consumer that may be able to take again its place at the end of the turns."""
        if consumer.stalled and consumer in self._consumers and consumer.can_take():
            consumer.stalled = False
            self._turns.append(consumer)

    def get(self, now_s: float) -> Entry | None:
        """Take the message at the head for Basic.Get; None when there is none."""
        self.expire(now_s)
        if not self._ready:
            return None
        self.unacked += 1
        entry = self._pop()
        self.expire(now_s)
        return entry

    def settle(self, entry: Entry) -> None:
        """Forget a message that was acknowledged, or that needs no acknowledgement."""
        self.unacked -= 1
        self._ledger.give(entry.message.cost)

    def reject(self, entry: Entry) -> None:
        """Drop a message that its consumer refused for good."""
        self.unacked -= 1
        self._drop(entry, "rejected")

    def requeue(self, entries: list[Entry], now_s: float) -> None:
        """Put messages back to where they were; they count as redelivered from now on."""
        self.unacked -= len(entries)
        for entry in entries:
            if self.deleted:
                self._ledger.give(entry.message.cost)
                continue
            entry.redelivered = True
            self._push(entry)
        if not self.deleted:
            self.deliver(now_s)
            self._shed()

    def add(self, consumer: Taker) -> None:
        """Add a consumer at the end of the turns; nothing is delivered yet."""
        self._consumers[consumer] = None
        self._turns.append(consumer)

    def remove(self, consumer: Taker) -> bool:
        """Remove a consumer; True if it was the last one of an auto-delete queue."""
        if self._consumers.pop(consumer, 0) == 0:
            return False
        if consumer in self._turns:
            self._turns.remove(consumer)
        return self.declared.auto_delete and not self._consumers

    def purge(self, now_s: float) -> int:
        """Drop all ready messages; return how many there were."""
        self.expire(now_s)
        return self._discard(lambda _: True)

    def forget_transient(self) -> int:
        """Drop what a restart loses: every message that is not persistent."""
        return self._discard(lambda entry: not entry.message.persistent)

    def _discard(self, lost: Callable[[Entry], bool]) -> int:
        gone = [each for each in self._ready if lost(each)]
        for entry in gone:
            self._ledger.give(entry.message.cost)
            self._ready_bytes -= len(entry.message.body)
        self._ready = [each for each in self._ready if not lost(each)]
        heapq.heapify(self._ready)
        return len(gone)
