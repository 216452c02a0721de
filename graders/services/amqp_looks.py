"""A suite's looks at a real broker: what waits in a queue, without changing it.

AMQP has no such look, so messages are got and given back. They return to their places, marked as
redelivered; `Stamps` remembers that the mark is ours.
"""

from __future__ import annotations

from typing import Any

from graders.services import amqp_message, amqp_wire
from graders.services.amqp_client import Answer, Channel
from graders.services.amqp_passage import Shared

NOT_FOUND = 404
_TRANSIENT = 1


def counts(channel: Channel, there: str) -> tuple[int, int]:
    """Return how many messages are ready, and how many consumers there are. Raises Refusal."""
    found = channel.ask("Queue.Declare", "Queue.DeclareOk", ticket=0, queue=there, passive=True,
                        durable=False, exclusive=False, auto_delete=False, nowait=False,
                        arguments={})
    return found.args["message_count"], found.args["consumer_count"]


def exchange(channel: Channel, there: str) -> None:
    """Raise Refusal unless there is such an exchange."""
    if there:
        channel.ask("Exchange.Declare", "Exchange.DeclareOk", ticket=0, exchange=there,
                    exchange_type="direct", passive=True, durable=False, auto_delete=False,
                    internal=False, nowait=False, arguments={})


def messages(channel: Channel, queue: str, shared: Shared) -> list[dict[str, Any]]:
    """Return the ready messages of a queue in order. Raises Refusal."""
    return [told for _, told in _got(channel, queue, shared)]


def drop_transient(channel: Channel, queue: str, shared: Shared) -> None:
    """Drop the messages that a restart would lose. Raises Refusal."""
    for tag, told in _got(channel, queue, shared):
        if told["properties"].get("delivery_mode", _TRANSIENT) == _TRANSIENT:
            channel.line.send(amqp_wire.method(channel.number, "Basic.Ack", delivery_tag=tag,
                                               multiple=False))


def _got(channel: Channel, queue: str, shared: Shared) -> list[tuple[int, dict[str, Any]]]:
    """Get everything that is ready; it goes back when the channel is closed."""
    there = shared.names.out(queue)
    found = []
    while (got := channel.ask("Basic.Get", ticket=0, queue=there,
                              no_ack=False)).name == "Basic.GetOk":
        found.append((got.args["delivery_tag"], _told(got, queue, shared)))
    return found


def _told(got: Answer, queue: str, shared: Shared) -> dict[str, Any]:
    stamp, properties = shared.stamps.take(got.properties)
    redelivered = shared.stamps.is_marked(queue, stamp, got.args["redelivered"])
    if stamp and not redelivered:
        shared.stamps.looked.add((queue, stamp))
    args = shared.names.answer(amqp_wire.Method(got.name, got.args)).args
    return {"body": got.body, "exchange": args["exchange"], "routing_key": args["routing_key"],
            "redelivered": redelivered,
            "properties": amqp_message.plain_properties(shared.names.properties(properties))}
