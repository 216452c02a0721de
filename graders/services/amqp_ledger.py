"""How much memory a broker holds for its peers, as one sum with one limit.

Everything that a peer can make the broker keep is entered here at a price that is above its true
size: messages for each queue they wait in, parts of messages, queues, bindings, channels, bytes
that a peer does not read. A peer that would pass the limit gets a connection error; the broker
goes on. Python's own base (about 25 MiB) comes on top.
"""

from __future__ import annotations

from graders.services.amqp_faults import ConnectionFault

LIMIT_BYTES = 128 << 20
ENTRY, CHUNK = 512, 96  # a message in a queue, a part of an unfinished one; beside their bytes
CONNECTION, CHANNEL, CONSUMER = 256 << 10, 4 << 10, 2 << 10
QUEUE, EXCHANGE, BINDING = 4 << 10, 2 << 10, 1 << 10


class Ledger:
    """The sum of what is held, in bytes."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self.limit_bytes, self.used_bytes = limit_bytes, 0

    def fits(self, amount: int) -> bool:
        """Tell whether `amount` more bytes are within the limit."""
        return self.used_bytes + amount <= self.limit_bytes

    def take(self, amount: int) -> None:
        """Enter `amount` bytes. Raises ConnectionFault (506) beyond the limit."""
        if not self.fits(amount):
            raise ConnectionFault(506, "this broker holds as much as it may "
                                       f"({self.limit_bytes >> 20} MiB)")
        self.used_bytes += amount

    def owe(self, amount: int) -> None:
        """Enter bytes that must be held whatever the limit: what is on its way to a peer."""
        self.used_bytes += amount

    def give(self, amount: int) -> None:
        """Take `amount` bytes off again."""
        self.used_bytes -= amount
