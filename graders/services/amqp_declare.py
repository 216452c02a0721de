"""What the methods of the classes exchange and queue do."""

from __future__ import annotations

from typing import Any

from graders.services import amqp_table
from graders.services.amqp_channel import Channel, Consumer
from graders.services.amqp_exchanges import Binding, Exchange
from graders.services.amqp_faults import failed, refused
from graders.services.amqp_queue import Declared
from graders.services.amqp_topology import DEFAULT_REFUSED

Args = dict[str, Any]


def _not_default(name: str) -> None:
    if not name:
        raise refused(DEFAULT_REFUSED)


def _binding(args: Args, to_queue: bool, target: str, key: str) -> Binding:
    arguments = args["arguments"]
    return Binding(to_queue, target, key, arguments, amqp_table.write(arguments))


def exchange_declare(channel: Channel, args: Args) -> None:
    """Declare an exchange, or with `passive` look whether it is there."""
    name = args["exchange"]
    _not_default(name)
    if args["passive"]:
        channel.host.topology.exchange(name)
    else:
        channel.host.topology.declare_exchange(Exchange(
            name, args["exchange_type"], args["durable"], args["auto_delete"], args["internal"],
            args["arguments"]))
    if not args["nowait"]:
        channel.reply("Exchange.DeclareOk")


def exchange_delete(channel: Channel, args: Args) -> None:
    """Delete an exchange."""
    channel.host.topology.delete_exchange(args["exchange"], args["if_unused"])
    if not args["nowait"]:
        channel.reply("Exchange.DeleteOk")


def exchange_bind(channel: Channel, args: Args) -> None:
    """Bind an exchange to another one (RabbitMQ's extension)."""
    source, target = args["source"], args["destination"]
    _not_default(source)
    _not_default(target)
    topology = channel.host.topology
    topology.exchange(target)
    topology.bind(topology.exchange(source), _binding(args, False, target, args["routing_key"]))
    if not args["nowait"]:
        channel.reply("Exchange.BindOk")


def exchange_unbind(channel: Channel, args: Args) -> None:
    """Take a binding between exchanges away; one that is not there is no error."""
    source, target = args["source"], args["destination"]
    _not_default(source)
    _not_default(target)
    topology = channel.host.topology
    if source in topology.exchanges:
        topology.unbind(topology.exchanges[source],
                        _binding(args, False, target, args["routing_key"]))
    if not args["nowait"]:
        channel.reply("Exchange.UnbindOk")


def queue_declare(channel: Channel, args: Args) -> None:
    """Declare a queue, or with `passive` look whether it is there."""
    topology, name = channel.host.topology, args["queue"]
    if args["passive"]:
        queue = topology.queue(name, channel.peer)
    else:
        owner = channel.peer if args["exclusive"] else None
        durable = args["durable"] and owner is None  # it lives no longer than its connection
        queue = topology.declare_queue(Declared(name, durable, args["auto_delete"], owner,
                                                args["arguments"]))
    channel.remember(queue.name)
    queue.expire(channel.host.now_s())
    if not args["nowait"]:
        channel.reply("Queue.DeclareOk", queue=queue.name, message_count=len(queue),
                      consumer_count=queue.consumer_count)


def queue_bind(channel: Channel, args: Args) -> None:
    """Bind a queue to an exchange."""
    name, key = channel.queue_name(args["queue"]), args["routing_key"]
    if not args["queue"] and not key:
        key = name  # as the protocol says of the queue declared last
    _not_default(args["exchange"])
    topology = channel.host.topology
    queue = topology.queue(name, channel.peer)
    topology.bind(topology.exchange(args["exchange"]), _binding(args, True, queue.name, key))
    if not args["nowait"]:
        channel.reply("Queue.BindOk")


def queue_unbind(channel: Channel, args: Args) -> None:
    """Take a binding away; one that is not there, or whose ends are not, is no error."""
    name, key = channel.queue_name(args["queue"]), args["routing_key"]
    if not args["queue"] and not key:
        key = name
    _not_default(args["exchange"])
    topology = channel.host.topology
    if name in topology.queues:
        topology.queue(name, channel.peer)  # not another connection's exclusive one
    if args["exchange"] in topology.exchanges:
        topology.unbind(topology.exchanges[args["exchange"]], _binding(args, True, name, key))
    channel.reply("Queue.UnbindOk")


def queue_purge(channel: Channel, args: Args) -> None:
    """Drop all ready messages of a queue."""
    count = channel.queue(args["queue"]).purge(channel.host.now_s())
    if not args["nowait"]:
        channel.reply("Queue.PurgeOk", message_count=count)


def queue_delete(channel: Channel, args: Args) -> None:
    """Delete a queue; its consumers are told."""
    topology, name = channel.host.topology, channel.queue_name(args["queue"])
    count = 0
    consumers: tuple[Any, ...] = ()
    if name in topology.queues:
        queue = topology.queue(name, channel.peer)
        consumers = queue.consumers
        queue.expire(channel.host.now_s())
        if args["if_unused"] and consumers:
            raise failed(f"queue '{name}' in vhost '/' in use")
        if args["if_empty"] and len(queue):
            raise failed(f"queue '{name}' in vhost '/' not empty")
        count = topology.delete_queue(queue)
    if not args["nowait"]:
        channel.reply("Queue.DeleteOk", message_count=count)
    for each in consumers:
        if isinstance(each, Consumer):
            each.channel.bereave(each)
