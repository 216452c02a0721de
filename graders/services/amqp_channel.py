"""One channel: its consumers, what they have not acknowledged, prefetch limits and confirms.

Acts on queues and writes to its connection, which it knows by what a `Peer` offers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from graders.services import amqp_wire
from graders.services.amqp_faults import ChannelFault, failed
from graders.services.amqp_host import Host
from graders.services.amqp_ledger import CONSUMER
from graders.services.amqp_message import Message
from graders.services.amqp_queue import Entry, Queue


class Peer(Protocol):
    """A connection as its channels see it."""

    host: Host
    user: str
    frame_max: int
    wants_cancels: bool

    @property
    def congested(self) -> bool:
        """Tell whether the peer has yet to read so much that nothing more is delivered."""

    def send(self, *frames: bytes) -> None:
        """Write frames."""


class Consumer:
    """A subscription to a queue. A prefetch limit of 0 is none."""

    def __init__(self, channel: Channel, queue: Queue, tag: str, no_ack: bool, exclusive: bool
                 ) -> None:
        self.channel, self.queue, self.tag = channel, queue, tag
        self.no_ack, self.exclusive = no_ack, exclusive
        self.prefetch, self.unacked, self.stalled = channel.prefetch, 0, False

    def can_take(self) -> bool:
        """Tell whether one more message may be sent: limits of consumer and channel, congestion."""
        channel = self.channel
        if channel.peer.congested:
            return False
        return self.no_ack or not (0 < self.prefetch <= self.unacked
                                   or 0 < channel.prefetch_all <= channel.unacked_delivered)

    def take(self, entry: Entry) -> None:
        """Send a message."""
        tag = self.channel.track(self.queue, entry, self.no_ack, self)
        message = entry.message
        self.channel.reply("Basic.Deliver", message, consumer_tag=self.tag, delivery_tag=tag,
                           redelivered=entry.redelivered, exchange=message.exchange,
                           routing_key=message.key)


@dataclass(slots=True)
class Unacked:
    """A message that was sent and waits for its acknowledgement; got by Get without consumer."""

    queue: Queue
    entry: Entry
    consumer: Consumer | None


class Channel:
    """An open channel. `publishing` is the content that is on its way in."""

    def __init__(self, number: int, peer: Peer) -> None:
        self.number, self.peer, self.host = number, peer, peer.host
        self.consumers: dict[str, Consumer] = {}
        self.unacked: dict[int, Unacked] = {}  # by delivery tag, so in order
        self.unacked_delivered = 0  # without those of Basic.Get, which no limit counts
        self.prefetch = self.prefetch_all = 0
        self.confirmed: int | None = None  # how many publishes were confirmed, once it is chosen
        self.closing = False
        self._last_tag, self._last_queue = 0, ""

    def reply(self, name: str, message: Message | None = None, /, **args: Any) -> None:
        """Write a method, and the content that belongs to it."""
        frames = [amqp_wire.method(self.number, name, **args)]
        if message is not None:
            frames += amqp_wire.content(self.number, message.properties, message.body,
                                        self.peer.frame_max)
        self.peer.send(*frames)

    def queue_name(self, name: str) -> str:
        """Return `name`, or for "" the queue declared last here. Raises ChannelFault (404)."""
        if not name and not self._last_queue:
            raise ChannelFault(404, "no previously declared queue")
        return name or self._last_queue

    def queue(self, name: str) -> Queue:
        """Return a queue by name, "" for the one declared last. Raises ChannelFault."""
        return self.host.topology.queue(self.queue_name(name), self.peer)

    def remember(self, name: str) -> None:
        """Note the queue that was declared last."""
        self._last_queue = name

    def track(self, queue: Queue, entry: Entry, no_ack: bool, consumer: Consumer | None) -> int:
        """Return the delivery tag of a message about to be sent; keep it until acknowledged."""
        self._last_tag += 1
        if no_ack:
            queue.settle(entry)
            return self._last_tag
        self.unacked[self._last_tag] = Unacked(queue, entry, consumer)
        if consumer is not None:
            consumer.unacked += 1
            self.unacked_delivered += 1
        return self._last_tag

    def collect(self, tag: int, multiple: bool) -> list[Unacked]:
        """Take the messages that an acknowledgement means off the list. Raises ChannelFault (406).

        As RabbitMQ does: with `multiple` all up to the tag, which must itself be outstanding; 0
        means all there are, be it none.
        """
        if multiple and not tag:
            tags = list(self.unacked)
        elif tag not in self.unacked:
            raise failed(f"unknown delivery tag {tag}")
        else:
            tags = [each for each in self.unacked if each <= tag] if multiple else [tag]
        return self._released(tags)

    def _released(self, tags: Iterable[int]) -> list[Unacked]:
        taken = [self.unacked.pop(each) for each in tags]
        for each in taken:
            if each.consumer is not None:
                each.consumer.unacked -= 1
                self.unacked_delivered -= 1
        for consumer in self.consumers.values():
            consumer.queue.resume(consumer)
        return taken

    def acknowledge(self, taken: list[Unacked]) -> None:
        """Forget messages that were acknowledged."""
        for each in taken:
            each.queue.settle(each.entry)
        self.pump()

    def reject(self, taken: list[Unacked], requeue: bool) -> None:
        """Put messages back to their places, or drop them for good."""
        now_s = self.host.now_s()
        by_queue: dict[Queue, list[Entry]] = {}
        for each in taken:
            by_queue.setdefault(each.queue, []).append(each.entry)
        for queue, entries in by_queue.items():
            if requeue:
                queue.requeue(entries, now_s)
                continue
            for entry in entries:
                queue.reject(entry)
        self.pump()

    def requeue_all(self) -> None:
        """Put back everything that is not acknowledged, as Basic.Recover asks."""
        self.reject(self._released(list(self.unacked)), requeue=True)

    def pump(self) -> None:
        """Deliver to this channel's consumers what became possible."""
        now_s = self.host.now_s()
        for consumer in list(self.consumers.values()):
            consumer.queue.resume(consumer)
            consumer.queue.deliver(now_s)

    def consume(self, consumer: Consumer) -> None:
        """Add a consumer; nothing is delivered before `pump`."""
        self.host.ledger.take(CONSUMER)
        self.consumers[consumer.tag] = consumer
        consumer.queue.add(consumer)

    def cancel(self, tag: str) -> None:
        """Remove a consumer, and with the last one an auto-delete queue; unknown tags are fine."""
        consumer = self.consumers.pop(tag, None)
        if consumer is None:
            return
        self.host.ledger.give(CONSUMER)
        if consumer.queue.remove(consumer) and not consumer.queue.deleted:
            self.host.topology.delete_queue(consumer.queue)

    def bereave(self, consumer: Consumer) -> None:
        """Tell a consumer that its queue is gone."""
        self.cancel(consumer.tag)
        if self.peer.wants_cancels:
            self.reply("Basic.Cancel", consumer_tag=consumer.tag, nowait=True)

    def cancel_all(self) -> None:
        """Remove all consumers."""
        for tag in list(self.consumers):
            self.cancel(tag)

    def close(self) -> None:
        """Give everything back: consumers go, what they did not acknowledge is requeued."""
        self.cancel_all()
        self.requeue_all()
        self.closing = True

