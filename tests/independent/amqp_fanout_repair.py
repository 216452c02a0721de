"""Independent solution of amqp_fanout_repair, written from statement and stub alone.

News for everybody over RabbitMQ: one durable fanout exchange, one durable queue per subscriber.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError, ChannelClosedByBroker, UnroutableError

NOT_FOUND = 404
OUTCOMES = frozenset({"ack", "requeue", "crash"})


@contextmanager
def _channel(url: str) -> Iterator[BlockingChannel]:
    """Lend a channel on a connection of its own; the connection is closed afterwards.

    The orderly end matters: when the broker has answered it, it has also handled whatever was sent
    before (acknowledgements have no answer of their own) and put back what was left open.
    """
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        yield connection.channel()


def _queue_name(exchange: str, subscriber: str) -> str:
    """Name the queue of this pair.

    Neither half may contain a dot, so the dot keeps pairs apart; the prefix keeps an
    exchange called "amq" from giving "amq.…", names that the broker reserves for itself.
    """
    return f"fanout.{exchange}.{subscriber}"


def subscribe(url: str, exchange: str, subscriber: str) -> str:
    """Make sure that `subscriber` hears of all that is published to `exchange` from now on.

    Returns the name of its queue: one for each pair of exchange and subscriber, the same in every
    call. Each step is idempotent, so a second call changes nothing and completes a broken one.
    """
    queue = _queue_name(exchange, subscriber)
    with _channel(url) as channel:
        channel.exchange_declare(exchange, "fanout", durable=True)
        channel.queue_declare(queue, durable=True)
        channel.queue_bind(queue, exchange)
    return queue


def publish(url: str, exchange: str, body: bytes, message_id: str) -> bool:
    """Publish a message with this id to all subscribers; return whether there was one.

    True: the broker has confirmed that it has the message, in one queue at least. False: no queue
    is bound, or there is no such exchange. Anything else raises pika's exception.
    """
    properties = pika.BasicProperties(
        message_id=message_id, delivery_mode=pika.DeliveryMode.Persistent.value
    )
    answer = None
    try:
        with _channel(url) as channel:
            channel.confirm_delivery()
            answer = _send(channel, exchange, body, properties)
    except AMQPError:
        if answer is None:
            raise
        # The answer was here already; only the farewell went wrong.
    return answer


def _send(
    channel: BlockingChannel, exchange: str, body: bytes, properties: pika.BasicProperties
) -> bool:
    """Publish on a channel in confirm mode and translate the broker's answer."""
    try:
        channel.basic_publish(exchange, "", body, properties, mandatory=True)
    except UnroutableError:
        return False
    except ChannelClosedByBroker as error:
        if error.reply_code != NOT_FOUND:
            raise
        return False
    return True


def consume(url: str, queue: str, outcomes: list[str]) -> list[tuple[bytes, bool]]:
    """Take one message for each outcome, fewer if the queue is empty before; never wait for one.

    Outcomes: "ack" (done: the queue forgets the message), "requeue" (it goes back to its place),
    "crash" (the connection ends, the message is neither acknowledged nor given back; the call ends
    there). Messages are fetched one by one, so that no other is touched. Returns (body,
    redelivered) for each.
    """
    unknown = set(outcomes) - OUTCOMES
    if unknown:
        raise ValueError(f"unknown outcomes: {sorted(unknown)}")
    taken = []
    with _channel(url) as channel:
        for outcome in outcomes:
            method, _, body = channel.basic_get(queue, auto_ack=False)
            if method is None:
                break
            taken.append((body, method.redelivered))
            if outcome == "crash":
                break
            if outcome == "ack":
                channel.basic_ack(method.delivery_tag)
            else:
                channel.basic_nack(method.delivery_tag, requeue=True)
    return taken
