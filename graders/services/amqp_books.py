"""What runs have made in a real broker, written down there before it is made.

AMQP cannot list queues and exchanges, so their names stand in a queue, one message each: "RUN
queue NAME" or "RUN exchange NAME". A sweep deletes what its run or a
dead one has made, and strikes it out. It holds a lock meanwhile (an exclusive queue, which ends
with its connection), and when nothing is written in the books any more it deletes them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from graders.services import amqp_wire, lanes
from graders.services.amqp_client import Channel, Client, Refusal

_BOOKS, _LOCK = "kata40_books", "kata40_books_lock"
_LOCKED = 405
_PATIENCE_S = 5.0
_LOOK_S = 0.02
_PERSISTENT = b"\x10\x00\x02"  # raw properties: delivery_mode, which is 2


def enter(client: Client, run: str, kind: str, name: str) -> None:
    """Write down that this run is about to make something. Raises OSError."""
    with client.channel() as channel:
        channel.ask("Confirm.Select", "Confirm.SelectOk", nowait=False)
        while not _published(channel, f"{run} {kind} {name}".encode()):
            declare(channel, _BOOKS)


def _published(channel: Channel, entry: bytes) -> bool:
    channel.line.send(
        amqp_wire.method(channel.number, "Basic.Publish", ticket=0, exchange="",
                         routing_key=_BOOKS, mandatory=True, immediate=False),
        *amqp_wire.content(channel.number, _PERSISTENT, entry, amqp_wire.FRAME_MAX))
    first = channel.receive()
    if first.name == "Basic.Return":  # no books yet; its confirmation follows
        channel.receive("Basic.Ack")
        return False
    return first.name == "Basic.Ack"


def declare(channel: Channel, queue: str, exclusive: bool = False, passive: bool = False) -> None:
    """Declare a queue of our own, durable unless exclusive. Raises Refusal."""
    channel.ask("Queue.Declare", "Queue.DeclareOk", ticket=0, queue=queue, passive=passive,
                durable=not exclusive, exclusive=exclusive, auto_delete=False, nowait=False,
                arguments={})


def delete(client: Client, kind: str, name: str) -> bool:
    """Delete a queue or an exchange; False where somebody holds it."""
    try:
        delete_all(client, [(kind, name)])
    except Refusal:
        return False
    return True


def delete_all(client: Client, made: list[tuple[str, str]]) -> None:
    """Delete queues and exchanges, "queue" or "exchange" and the name of each. Raises Refusal."""
    with client.channel() as channel:  # its end is the answer to all of them
        for kind, name in made:
            if kind == "queue":
                request = amqp_wire.method(channel.number, "Queue.Delete", ticket=0, queue=name,
                                           if_unused=False, if_empty=False, nowait=True)
            else:
                request = amqp_wire.method(channel.number, "Exchange.Delete", ticket=0,
                                           exchange=name, if_unused=False, nowait=True)
            channel.line.send(request)


def sweep(url: str, run: str = "") -> None:
    """Delete what dead runs of this host have left, and what `run` has. Raises OSError."""
    reader, hand = Client(url), Client(url)
    try:
        if _locked(reader):
            _strike(reader, hand, lambda maker: maker == run or lanes.is_dead(maker))
    finally:
        hand.close()
        reader.close()


def _locked(client: Client) -> bool:
    """Take the lock; False where another sweeps all the time."""
    end_s = time.monotonic() + _PATIENCE_S
    while True:
        try:
            with client.channel() as channel:
                declare(channel, _LOCK, exclusive=True)
            return True
        except Refusal as refusal:
            if refusal.args[0] != _LOCKED or time.monotonic() > end_s:
                return False
        time.sleep(_LOOK_S)


def _strike(reader: Client, hand: Client, wanted: Callable[[str], bool]) -> None:
    kept = 0
    try:
        with reader.channel() as channel:
            while (found := channel.ask("Basic.Get", ticket=0, queue=_BOOKS,
                                        no_ack=False)).name == "Basic.GetOk":
                maker, kind, name = found.body.decode().split(" ", 2)
                if wanted(maker) and delete(hand, kind, name):
                    channel.line.send(amqp_wire.method(
                        channel.number, "Basic.Ack", multiple=False,
                        delivery_tag=found.args["delivery_tag"]))
                else:
                    kept += 1  # it goes back when the channel is closed
            if not kept:
                channel.ask("Queue.Delete", "Queue.DeleteOk", ticket=0, queue=_BOOKS,
                            if_unused=True, if_empty=True, nowait=False)
    except Refusal:
        return  # there are no books, or somebody has just written into them
