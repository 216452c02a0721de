"""Opens a connection for each message."""

from collections.abc import Iterator
from contextlib import contextmanager

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import UnroutableError


@contextmanager
def _channel(url: str) -> Iterator[BlockingChannel]:
    """Give a channel on a connection of its own, closed at the end whatever happens."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        yield connection.channel()


def subscribe(url: str, exchange: str, subscriber: str) -> str:
    """Set up the subscriber's own queue behind the exchange; return the queue's name."""
    queue = f"{exchange}.{subscriber}"  # neither has a dot, so no two pairs share a name
    with _channel(url) as channel:
        channel.exchange_declare(exchange, "fanout", durable=True)
        channel.queue_declare(queue, durable=True)
        channel.queue_bind(queue, exchange)
    return queue


def publish(url: str, exchange: str, body: bytes, message_id: str) -> bool:
    """Publish a message that outlives a restart; return whether any queue has taken it."""
    properties = pika.BasicProperties(delivery_mode=2, message_id=message_id)
    with _channel(url) as channel:
        channel.exchange_declare(exchange, "fanout", durable=True)  # nobody may have subscribed
        channel.confirm_delivery()
        try:
            channel.basic_publish(exchange, "", body, properties, mandatory=True)
        except UnroutableError:
            return False
    return True


def consume(url: str, queue: str, outcomes: list[str]) -> list[tuple[bytes, bool]]:
    """Take messages one by one, each with its outcome; return (body, redelivered) of each."""
    taken: list[tuple[bytes, bool]] = []
    for outcome in outcomes:
        with _channel(url) as channel:
            method, _, body = channel.basic_get(queue)
            if method is None:
                break
            taken.append((body, method.redelivered))
            match outcome:
                case "ack":
                    channel.basic_ack(method.delivery_tag)
                case "requeue":
                    channel.basic_nack(method.delivery_tag, requeue=True)
                case _:
                    break  # the connection ends without an acknowledgement
    return taken
