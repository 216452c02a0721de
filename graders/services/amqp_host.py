"""The virtual host "/": what its connections share, the way of a message, and its clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from graders.services import amqp_exchanges, amqp_message
from graders.services.amqp_faults import ConnectionFault
from graders.services.amqp_ledger import Ledger
from graders.services.amqp_message import Death, Message
from graders.services.amqp_queue import Entry, Queue
from graders.services.amqp_table import Table
from graders.services.amqp_topology import Topology

# Dead letters sent on before others get a turn: queues that die into each other by a fanout can
# keep a message going for a time that is exponential in their number.
BURIALS_AT_ONCE = 500


class Host:
    """One virtual host. `clock` gives seconds that never go back, `wall` those since 1970."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float], wall: Callable[[], float]
                 ) -> None:
        self.ledger = ledger
        self._clock, self._wall, self._ahead_s = clock, wall, 0.0
        self.topology = Topology(ledger, self.now_s, self._bury)
        self._graves: deque[tuple[Queue, Message, str]] = deque()

    def now_s(self) -> float:
        """Return the time by which messages expire, in seconds."""
        return self._clock() + self._ahead_s

    def advance(self, ms: int) -> None:
        """Let `ms` pass for messages, so that a suite need not wait for them to expire."""
        self._ahead_s += ms / 1000
        self.tick()

    def tick(self) -> None:
        """Expire what is due, and send dead letters on."""
        now_s = self.now_s()
        for queue in list(self.topology.queues.values()):
            queue.expire(now_s)
        self.settle()

    def next_event_s(self) -> float | None:
        """Return in how many seconds `tick` has something to do; None for never."""
        if self._graves:
            return 0.0
        due = [each for queue in self.topology.queues.values()
               if (each := queue.next_expiry_s()) is not None]
        return max(0.0, min(due) - self.now_s()) if due else None

    def publish(self, message: Message, headers: Table) -> tuple[bool, bool]:
        """Route a message; return whether it reached any queue, and whether all of them took it.

        Raises ConnectionFault (506) when the broker holds as much as it may.
        """
        names = self._routes(message, headers)
        return bool(names), self._enqueue(message, names)

    def _routes(self, message: Message, headers: Table) -> list[str]:
        return amqp_exchanges.route(self.topology.exchanges, self.topology.queues, message, headers)

    def _enqueue(self, message: Message, names: list[str]) -> bool:
        now_s = self.now_s()
        taken = [self.topology.queues[name].publish(message, now_s) for name in names]
        return all(taken)  # asked after all of them have had it

    def _bury(self, queue: Queue, entry: Entry, reason: str) -> None:
        """Note a dead letter; `settle` sends it on, outside of the queue's own work."""
        message = entry.message
        if queue.policy.dead_letter_exchange is None or queue.deleted:
            return
        if self.ledger.fits(message.cost):
            self.ledger.owe(message.cost)
            self._graves.append((queue, message, reason))

    def settle(self) -> None:
        """Send dead letters on, a limited number of them."""
        for _ in range(BURIALS_AT_ONCE):
            if not self._graves:
                return
            queue, message, reason = self._graves.popleft()
            self.ledger.give(message.cost)
            self._send_on(queue, message, reason)

    def _send_on(self, queue: Queue, message: Message, reason: str) -> None:
        policy = queue.policy
        exchange = policy.dead_letter_exchange
        if exchange is None or exchange not in self.topology.exchanges:
            return  # RabbitMQ drops it as well
        key = message.key if policy.dead_letter_key is None else policy.dead_letter_key
        death = Death(queue.name, reason, int(self._wall()))
        letter = amqp_message.died(message, death, exchange, key)
        if letter is None:
            return
        names = self._routes(letter.message, letter.headers)
        try:
            self._enqueue(letter.message, [each for each in names if not letter.circles(each)])
        except ConnectionFault:
            return  # no room, and no peer to tell: lost, as where the exchange is missing

    def forget_transient(self) -> None:
        """Lose what a restart loses; no connection may be left."""
        self.topology.forget_transient()
        for queue in self.topology.queues.values():
            queue.forget_transient()
