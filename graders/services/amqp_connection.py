"""One connection, without its socket: bytes in, bytes out, and whatever happens in between.

    header -> starting -> tuning -> opening -> running -> closing -> over

Every error of the peer ends in a Close of the channel or the connection. What a peer can make this
object keep is bounded: one frame and one read in `_incoming`, HIGH_WATER and one reply in
`outgoing` (nothing is read from a peer that does not read), all else is on the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from graders.services import amqp_handshake, amqp_wire
from graders.services.amqp_faults import ConnectionFault, Cut, FramingFault
from graders.services.amqp_handshake import NotTold
from graders.services.amqp_host import Host
from graders.services.amqp_ledger import CONNECTION
from graders.services.amqp_outgoing import Outgoing
from graders.services.amqp_record import Record
from graders.services.amqp_session import Session
from graders.services.amqp_wire import FRAME_OVERHEAD, Frame, Method

CLOSING_S = 5.0  # how long a peer may take to answer a Close
HANDSHAKE_S = 10.0  # RabbitMQ's own


class State(StrEnum):
    """How far a connection has come."""

    HEADER = "header"
    STARTING = "starting"
    TUNING = "tuning"
    OPENING = "opening"
    RUNNING = "running"
    CLOSING = "closing"
    OVER = "over"


class Connection:
    """One peer. Times are seconds of a clock that never goes back."""

    def __init__(self, number: int, host: Host, record: Record, now_s: float) -> None:
        host.ledger.take(CONNECTION)
        self.number, self.host, self._record = number, host, record
        self.state, self.user, self.wants_cancels = State.HEADER, "", False
        self.frame_max, self._heartbeat_s = amqp_wire.FRAME_MAX, 0
        self.outgoing = Outgoing(host.ledger)
        self.session = Session(self, self._around)
        self._incoming = bytearray()
        self._deadline_s: float | None = now_s + HANDSHAKE_S
        self._now_s = self._heard_s = self._said_s = now_s
        self._released = self._deaf = False

    @property
    def congested(self) -> bool:
        """Tell whether so much waits to be sent that nothing more is read or delivered."""
        return self.outgoing.congested

    def send(self, *frames: bytes) -> None:
        """Put frames in line to be sent, one after the other."""
        for each in frames:
            self.outgoing.add(each)

    def sent(self, count: int, now_s: float) -> None:
        """Note that `count` bytes were sent, and go on with what that makes room for."""
        was_congested, self._said_s = self.congested, now_s
        self.outgoing.sent(count)
        if was_congested and not self.congested and self.state is not State.OVER:
            self.session.pump()
            self._process(now_s)

    def receive(self, data: bytes, now_s: float) -> None:
        """Take bytes from the peer."""
        self._heard_s = now_s
        if not self._deaf:
            self._incoming += data
            self._process(now_s)

    def _process(self, now_s: float) -> None:
        self._now_s = now_s
        try:
            while self.state is not State.OVER and not self.congested and self._step():
                self.host.settle()
        except ConnectionFault as fault:
            self.fail(fault, now_s)
        except (Cut, NotTold):
            self.end()
        except Exception as error:  # a fault of this broker: told to both sides, ends one peer
            self._record.broken(error)
            self.fail(ConnectionFault(541, "a fault of the broker, not of its clients"), now_s)

    def _step(self) -> bool:
        """Handle what stands first in the input; False if it is not all there."""
        if self.state is State.HEADER:
            return self._greet()
        frame = amqp_wire.next_frame(self._incoming, self.frame_max - FRAME_OVERHEAD)
        if frame is None:
            return False
        if self.state is State.CLOSING:
            self._last_words(frame)
        elif frame.type == amqp_wire.HEARTBEAT:
            if frame.channel:
                raise ConnectionFault(505, "type 8, all octets = <<>>")
        elif frame.channel == 0:
            self._on_own_channel(frame)
        elif self.state is State.RUNNING:
            self.session.on_frame(frame)
        else:
            raise ConnectionFault(505, f"a frame of channel {frame.channel} before it was opened")
        return True

    def _greet(self) -> bool:
        wanted = amqp_wire.PROTOCOL
        given = bytes(self._incoming[: len(wanted)])
        if given == wanted:
            del self._incoming[: len(wanted)]
            self.send(amqp_handshake.start())
            self.state = State.STARTING
            return True
        if not wanted.startswith(given):
            self.send(wanted)  # what this side speaks, as the protocol asks
            self.end()
        return False

    def _on_own_channel(self, frame: Frame) -> None:
        if frame.type != amqp_wire.METHOD:
            raise ConnectionFault(505, "expected method frame, got non method frame instead")
        method = amqp_wire.read_method(frame.payload)
        try:
            self._negotiate(method)
        except ConnectionFault as fault:
            raise fault if fault.code == 403 else fault.during(method.name) from None

    def _negotiate(self, method: Method) -> None:
        match self.state, method.name:
            case _, "Connection.Close":
                self.send(amqp_wire.method(0, "Connection.CloseOk"))
                self.end()
            case State.STARTING, "Connection.StartOk":
                self.user, self.wants_cancels = amqp_handshake.log_in(method.args)
                self.send(amqp_handshake.tune())
                self.state = State.TUNING
            case State.TUNING, "Connection.TuneOk":
                (self.session.channel_max, self.frame_max,
                 self._heartbeat_s) = amqp_handshake.tuned(method.args)
                self.state = State.OPENING
            case State.OPENING, "Connection.Open":
                amqp_handshake.check_vhost(method.args)
                self.send(amqp_wire.method(0, "Connection.OpenOk", known_hosts=b""))
                self.state, self._deadline_s = State.RUNNING, None
            case _:
                raise ConnectionFault(504, f"unexpected method in connection state {self.state}")

    def _last_words(self, frame: Frame) -> None:
        """After a Close of ours only its answer counts, or a Close that crossed it."""
        if frame.channel or frame.type != amqp_wire.METHOD:
            return
        match amqp_wire.read_method(frame.payload).name:
            case "Connection.CloseOk":
                self.end()
            case "Connection.Close":
                self.send(amqp_wire.method(0, "Connection.CloseOk"))
                self.end()

    def _around(self, channel: int, method: Method, act: Callable[[], None]) -> None:
        """Carry out a whole method of a channel, unless the plan of a suite is to cut here."""
        self._record.begin(self.number, channel, method)
        mark = len(self.outgoing)
        act()
        if self._record.loses_reply():
            self.outgoing.shorten(mark)
            self._record.cut()

    def fail(self, fault: ConnectionFault, now_s: float) -> None:
        """Close the connection for an error; the peer has CLOSING_S to confirm."""
        if self.state in (State.CLOSING, State.OVER):
            self.end()
            return
        self._release()
        if isinstance(fault, FramingFault):  # even the answer to a Close could not be found
            self._deaf = True
            self._incoming.clear()
        class_id, method_id = amqp_wire.ids(fault.method)
        self.send(amqp_wire.method(0, "Connection.Close", reply_code=fault.code,
                                   reply_text=fault.text, class_id=class_id, method_id=method_id))
        self.state, self._deadline_s = State.CLOSING, now_s + CLOSING_S

    def end(self) -> None:
        """End without a word; what is in line may still be sent."""
        self.state = State.OVER
        self._incoming.clear()
        self._release()

    def _release(self) -> None:
        """Give back what belongs to the connection: channels, messages, exclusive queues."""
        if self._released:
            return
        self._released = True
        self.session.close()
        topology = self.host.topology
        for queue in [each for each in topology.queues.values() if each.declared.owner is self]:
            topology.delete_queue(queue)

    def gone(self) -> None:
        """The socket is closed: forget what was still in line."""
        self.end()
        self.outgoing.shorten(0)
        self.host.ledger.give(CONNECTION)

    def tick(self, now_s: float) -> None:
        """Send a heartbeat where one is due; end where the peer is silent for too long."""
        if self._deadline_s is not None and now_s >= self._deadline_s:
            self.end()
        elif self.state is State.RUNNING and self._heartbeat_s:
            if now_s >= self._heard_s + 2 * self._heartbeat_s:
                self.end()
            elif now_s >= self._said_s + self._heartbeat_s / 2 and not self.outgoing:
                self._said_s = now_s
                self.send(amqp_wire.ALIVE)

    def next_event_s(self, now_s: float) -> float | None:
        """Return in how many seconds `tick` has something to do; None for never."""
        times = [] if self._deadline_s is None else [self._deadline_s]
        if self.state is State.RUNNING and self._heartbeat_s:
            times += [self._heard_s + 2 * self._heartbeat_s]
            if not self.outgoing:
                times += [self._said_s + self._heartbeat_s / 2]
        return max(0.0, min(times) - now_s) if times else None
