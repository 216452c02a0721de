"""What the methods of the classes basic, confirm and channel do."""

from __future__ import annotations

from typing import Any

from graders.services import amqp_message
from graders.services.amqp_channel import Channel, Consumer
from graders.services.amqp_faults import ConnectionFault, refused
from graders.services.amqp_topology import generated

Args = dict[str, Any]


def publish(channel: Channel, args: Args, properties: bytes, body: bytes) -> None:
    """Route a message with its content; return it where nobody gets it, confirm it."""
    if args["immediate"]:
        raise ConnectionFault(540, "immediate=true")
    exchange = channel.host.topology.exchange(args["exchange"])
    if exchange.internal:
        raise refused(f"cannot publish to internal exchange '{exchange.name}' in vhost '/'")
    message, headers = amqp_message.accepted(args, properties, body, channel.peer.user)
    routed, taken = channel.host.publish(message, headers)
    if args["mandatory"] and not routed:
        channel.reply("Basic.Return", message, reply_code=312, reply_text="NO_ROUTE",
                      exchange=message.exchange, routing_key=message.key)
    if channel.confirmed is None:
        return
    channel.confirmed += 1
    if taken:
        channel.reply("Basic.Ack", delivery_tag=channel.confirmed, multiple=False)
    else:
        channel.reply("Basic.Nack", delivery_tag=channel.confirmed, multiple=False, requeue=True)


def qos(channel: Channel, args: Args) -> None:
    """Limit what is on its way: `global` for the whole channel, else for each later consumer."""
    if args["prefetch_size"]:
        raise ConnectionFault(540, f"prefetch_size!=0 ({args['prefetch_size']})")
    if args["global_"]:
        channel.prefetch_all = args["prefetch_count"]
    else:
        channel.prefetch = args["prefetch_count"]
    channel.reply("Basic.QosOk")
    channel.pump()


def consume(channel: Channel, args: Args) -> None:
    """Subscribe to a queue."""
    queue, tag = channel.queue(args["queue"]), args["consumer_tag"]
    if tag in channel.consumers:
        raise ConnectionFault(530, f"attempt to reuse consumer tag '{tag}'")
    if queue.in_exclusive_use or (args["exclusive"] and queue.consumer_count):
        raise refused(f"queue '{queue.name}' in vhost '/' in exclusive use")
    consumer = Consumer(channel, queue, tag or generated("amq.ctag-"), args["no_ack"],
                        args["exclusive"])
    channel.consume(consumer)
    if not args["nowait"]:
        channel.reply("Basic.ConsumeOk", consumer_tag=consumer.tag)
    queue.deliver(channel.host.now_s())


def cancel(channel: Channel, args: Args) -> None:
    """End a subscription; what it did not acknowledge stays with the channel."""
    channel.cancel(args["consumer_tag"])
    if not args["nowait"]:
        channel.reply("Basic.CancelOk", consumer_tag=args["consumer_tag"])


def get(channel: Channel, args: Args) -> None:
    """Hand out the message at the head of a queue."""
    queue = channel.queue(args["queue"])
    entry = queue.get(channel.host.now_s())
    if entry is None:
        channel.reply("Basic.GetEmpty", cluster_id="")
        return
    message = entry.message
    tag = channel.track(queue, entry, args["no_ack"], None)
    channel.reply("Basic.GetOk", message, delivery_tag=tag, redelivered=entry.redelivered,
                  exchange=message.exchange, routing_key=message.key, message_count=len(queue))


def ack(channel: Channel, args: Args) -> None:
    """Acknowledge one message, or all up to it."""
    channel.acknowledge(channel.collect(args["delivery_tag"], args["multiple"]))


def nack(channel: Channel, args: Args) -> None:
    """Refuse one message, or all up to it (RabbitMQ's extension)."""
    channel.reject(channel.collect(args["delivery_tag"], args["multiple"]), args["requeue"])


def reject(channel: Channel, args: Args) -> None:
    """Refuse one message."""
    channel.reject(channel.collect(args["delivery_tag"], multiple=False), args["requeue"])


def recover(channel: Channel, args: Args) -> None:
    """Requeue everything that is not acknowledged."""
    recover_async(channel, args)
    channel.reply("Basic.RecoverOk")


def recover_async(channel: Channel, args: Args) -> None:
    """Do the same without an answer."""
    if not args["requeue"]:
        raise ConnectionFault(540, "requeue=false")
    channel.requeue_all()


def confirm_select(channel: Channel, args: Args) -> None:
    """Confirm each publish from now on."""
    if channel.confirmed is None:
        channel.confirmed = 0
    if not args["nowait"]:
        channel.reply("Confirm.SelectOk")


def flow(channel: Channel, args: Args) -> None:
    """Go on; stopping is what RabbitMQ does not offer either."""
    if not args["active"]:
        raise ConnectionFault(540, "active=false")
    channel.reply("Channel.FlowOk", active=True)
