"""The channels of one connection: which frame is for which, and what becomes of its errors."""

from __future__ import annotations

from collections.abc import Callable

from graders.services import amqp_basic, amqp_wire
from graders.services.amqp_channel import Channel, Peer
from graders.services.amqp_content import Content
from graders.services.amqp_faults import ChannelFault, ConnectionFault
from graders.services.amqp_ledger import CHANNEL
from graders.services.amqp_methods import ANSWERS, LACKING, METHODS
from graders.services.amqp_wire import Frame, Method

Around = Callable[[int, Method, Callable[[], None]], None]


class Session:
    """Open channels by number. `around(channel, method, act)` carries a whole method out."""

    def __init__(self, peer: Peer, around: Around) -> None:
        self._peer, self._around = peer, around
        self._channels: dict[int, Channel] = {}
        self._contents: dict[int, Content] = {}
        self.channel_max = 0

    def __len__(self) -> int:
        return len(self._channels)

    def pump(self) -> None:
        """Deliver what waited for the peer to read."""
        for channel in list(self._channels.values()):
            channel.pump()

    def close(self) -> None:
        """Close all channels without a word; first no consumer is left that could get anything."""
        for channel in self._channels.values():
            channel.cancel_all()
        for channel in list(self._channels.values()):
            self._drop_content(channel)
            if not channel.closing:
                channel.close()
            self._remove(channel)

    def on_frame(self, frame: Frame) -> None:
        """Handle a frame of a channel. Raises ConnectionFault, with the method it is about."""
        channel = self._channels.get(frame.channel)
        content = self._contents.get(frame.channel)
        if channel is None:
            self._before_open(frame)
        elif channel.closing:
            self._while_closing(channel, frame)
        elif content is not None:
            self._guarded(channel, content.method,
                          lambda: self._on_content(channel, content, frame))
        elif frame.type == amqp_wire.METHOD:
            method = amqp_wire.read_method(frame.payload)
            self._guarded(channel, method, lambda: self._on_method(channel, method))
        else:
            raise ConnectionFault(505, "expected method frame, got non method frame instead")

    def _before_open(self, frame: Frame) -> None:
        if frame.type != amqp_wire.METHOD:
            raise ConnectionFault(504, "expected 'channel.open'")
        method = amqp_wire.read_method(frame.payload)
        if method.name != "Channel.Open":
            raise ConnectionFault(504, "expected 'channel.open'").during(method.name)
        if frame.channel > self.channel_max:
            raise ConnectionFault(530, f"channel number {frame.channel} is higher than the "
                                       f"maximum ({self.channel_max})").during(method.name)
        self._around(frame.channel, method, lambda: self._open(frame.channel))

    def _open(self, number: int) -> None:
        self._peer.host.ledger.take(CHANNEL)
        channel = self._channels[number] = Channel(number, self._peer)
        channel.reply("Channel.OpenOk", channel_id=b"")

    def _while_closing(self, channel: Channel, frame: Frame) -> None:
        """Ignore all but the end: what the client sent before it heard of the error is void."""
        if frame.type != amqp_wire.METHOD:
            return
        match amqp_wire.read_method(frame.payload).name:
            case "Channel.CloseOk":
                self._remove(channel)
            case "Channel.Close":
                channel.reply("Channel.CloseOk")

    def _guarded(self, channel: Channel, method: Method, act: Callable[[], None]) -> None:
        """Do something for `method`; an error closes the channel, or says what it is about."""
        try:
            act()
        except ConnectionFault as fault:
            raise fault.during(method.name) from None
        except ChannelFault as fault:
            self._drop_content(channel)
            channel.close()
            class_id, method_id = amqp_wire.ids(method.name)
            channel.reply("Channel.Close", reply_code=fault.code, reply_text=fault.text,
                          class_id=class_id, method_id=method_id)

    def _on_method(self, channel: Channel, method: Method) -> None:
        name = method.name
        if name == "Basic.Publish":
            self._contents[channel.number] = Content(method, self._peer.host.ledger)
        elif name == "Channel.Close":
            self._around(channel.number, method, lambda: self._close(channel))
        elif name in METHODS:
            self._around(channel.number, method, lambda: METHODS[name](channel, method.args))
        elif name == "Channel.Open":
            raise ConnectionFault(504, "second 'channel.open' seen")
        elif name in LACKING:
            raise ConnectionFault(540, f"{name} (RabbitMQ has it, this broker does not)")
        elif name not in ANSWERS:
            raise ConnectionFault(503, "unimplemented method")

    def _close(self, channel: Channel) -> None:
        channel.close()
        channel.reply("Channel.CloseOk")
        self._remove(channel)

    def _on_content(self, channel: Channel, content: Content, frame: Frame) -> None:
        if not content.add(frame):
            return
        body = content.body()
        self._drop_content(channel)
        self._around(channel.number, content.method, lambda: amqp_basic.publish(
            channel, content.method.args, content.properties, body))

    def _drop_content(self, channel: Channel) -> None:
        content = self._contents.pop(channel.number, None)
        if content is not None:
            content.drop()

    def _remove(self, channel: Channel) -> None:
        del self._channels[channel.number]
        self._peer.host.ledger.give(CHANNEL)
