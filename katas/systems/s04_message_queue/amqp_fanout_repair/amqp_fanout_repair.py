"""News for everybody over RabbitMQ, as it went into production: faulty code, yours to repair.

Somebody has carried a Go program over to pika, line by line. The docstrings say what each function
must do; the bodies do something else. Keep the names and signatures, change anything behind them.
"""

import pika
from pika.adapters.blocking_connection import BlockingChannel

QUEUE = "hello"


def _channel(url: str) -> BlockingChannel:
    return pika.BlockingConnection(pika.URLParameters(url)).channel()


def subscribe(url: str, exchange: str, subscriber: str) -> str:
    """Make sure that `subscriber` hears of all that is published to `exchange` from now on.

    Returns the name of its queue: one for each pair of exchange and subscriber, the same in every
    call. Exchange (a fanout), queue, binding and the messages in the queue outlive a restart of
    the broker and the end of every connection. A second call changes nothing.
    """
    channel = _channel(url)
    channel.exchange_declare(exchange, "fanout", durable=True)
    channel.queue_declare(QUEUE)
    channel.queue_bind(QUEUE, "hello", exchange)
    return QUEUE


def publish(url: str, exchange: str, body: bytes, message_id: str) -> bool:
    """Publish a message with this id to all subscribers; return whether there was one.

    True: the broker has confirmed that it has the message, in one queue at least, and the message
    outlives a restart. False: no queue is bound, or there is no such exchange. Anything else, such
    as a connection that breaks before the confirmation, raises pika's exception.
    """
    channel = _channel(url)
    try:
        channel.basic_publish(exchange, "hello", body)
    except pika.exceptions.AMQPError:
        return False
    return True


def consume(url: str, queue: str, outcomes: list[str]) -> list[tuple[bytes, bool]]:
    """Take one message for each outcome, fewer if the queue is empty before; never wait for one.

    Outcomes: "ack" (done: the queue forgets the message), "requeue" (it goes back to its place),
    "crash" (the connection ends, the message is neither acknowledged nor given back; the call ends
    there). Each message is dealt with before the next is taken, and no other is touched. Returns
    (body, redelivered) for each.
    """
    channel = _channel(url)
    taken = []
    for outcome in outcomes:
        method, _, body = channel.basic_get(queue, auto_ack=True)
        if method is None or outcome == "crash":
            break
        taken.append((body, method.redelivered))
    return taken
