"""One learner's connection, handed on to a real broker under other names.

    learner --frames--> received ─ recorded, renamed ─> server
    learner <─ renamed, counted ─ arrived <--frames-- server

A publish is recorded and handed on once its content is complete. Each message is stamped in a
property that nobody uses (cluster_id), so that the relay knows it again; see `Stamps`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from graders.services import amqp_handshake, amqp_message, amqp_wire
from graders.services.amqp_client import Account, Line
from graders.services.amqp_content import Content
from graders.services.amqp_course import CONTENT, Course
from graders.services.amqp_faults import ConnectionFault, Cut, Fault
from graders.services.amqp_ledger import Ledger
from graders.services.amqp_mirror import Mirror
from graders.services.amqp_names import Names
from graders.services.amqp_record import Record
from graders.services.amqp_wire import FRAME_MAX, FRAME_OVERHEAD, Frame, Method

_STAMP = "cluster_id"
_NODES = 1 << 14  # values in the headers of a message: those of its deaths are among them
# Answers to what a server may ask of a client: not recorded, in no lane.
_UNRECORDED = frozenset({"Channel.CloseOk", "Basic.CancelOk", "Channel.FlowOk"})


class Stamps:
    """Knows messages again.

    The suite looks at a queue by getting its messages and giving them back, and the server marks
    them as redelivered then. Who looked at which copy stands here until a learner gets it.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._count = 0
        self.looked: set[tuple[str, str]] = set()  # queue and stamp; the mark is ours alone

    def put(self, raw: bytes) -> bytes:
        """Return properties with a new stamp."""
        found = amqp_message.read_properties(raw)
        self._count += 1
        own = f":{found[_STAMP]}" if _STAMP in found else ""
        found[_STAMP] = f"{self._count}{own}"
        if found.get("user_id") == amqp_handshake.USER:
            found["user_id"] = self._account.user
        return amqp_message.write_properties(found)

    def take(self, raw: bytes) -> tuple[str, bytes]:
        """Return the stamp, "" for none of ours, and the properties without it."""
        try:
            found = amqp_message.read_properties(raw, _NODES)
        except ConnectionFault:
            return "", raw  # malformed, and never stamped
        stamp, colon, own = found.pop(_STAMP, "").partition(":")
        if colon:
            found[_STAMP] = own
        if found.get("user_id") == self._account.user:
            found["user_id"] = amqp_handshake.USER
        return stamp, amqp_message.write_properties(found)

    def is_marked(self, queue: str, stamp: str, redelivered: bool) -> bool:
        """Whether a message counts as redelivered before this delivery; it does after it."""
        if (queue, stamp) in self.looked:
            self.looked.discard((queue, stamp))
            return False
        return redelivered


class Shared:
    """What the connections of one relay have in common."""

    def __init__(self, account: Account, names: Names, record: Record,
                 enter: Callable[[str, str], None]) -> None:
        self.account, self.names, self.record, self.enter = account, names, record, enter
        self.mirror, self.stamps, self.ledger = Mirror(), Stamps(account), Ledger()


class Passage:
    """One connection. `tell` sends bytes to the learner."""

    def __init__(self, number: int, shared: Shared, tell: Callable[[bytes], None]) -> None:
        self.number, self.shared, self._tell = number, shared, tell
        self.line = Line(shared.account)
        self.courses: dict[int, Course] = {}
        self.running = self.over = False
        self._inbox = bytearray()
        self._greeted = False
        self._frame_max, self.channel_max = FRAME_MAX, 0

    # -- from the learner --------------------------------------------------------------------

    def received(self, data: bytes) -> None:
        """Take bytes from the learner.

        Raises Cut where the connection is to be cut, Fault for what could not be handed on, OSError
        where the server is gone.
        """
        self._inbox += data
        if not self._greeted:
            given = bytes(self._inbox[: len(amqp_wire.PROTOCOL)])
            if not amqp_wire.PROTOCOL.startswith(given):
                self._tell(amqp_wire.PROTOCOL)
                raise Cut
            if len(given) < len(amqp_wire.PROTOCOL):
                return
            del self._inbox[: len(given)]
            self._greeted = True
            self.line.send(given)
        while (frame := amqp_wire.next_frame(self._inbox, FRAME_MAX - FRAME_OVERHEAD)) is not None:
            self._from_learner(frame)

    def _from_learner(self, frame: Frame) -> None:
        course = self.courses.get(frame.channel)
        if self.over:
            if frame.type == amqp_wire.METHOD and not frame.channel:
                raise Cut  # the answer to our last word
        elif frame.type == amqp_wire.HEARTBEAT:
            if frame.channel:
                raise ConnectionFault(505, "type 8, all octets = <<>>")
            self.line.send(amqp_wire.ALIVE)
        elif not frame.channel:
            self._negotiate(amqp_wire.read_method(frame.payload))
        elif course is not None and course.content is not None:
            self._content(frame.channel, course, course.content, frame)
        elif frame.type == amqp_wire.METHOD:
            self._method(frame.channel, amqp_wire.read_method(frame.payload))
        elif course is None or not course.closing:
            raise ConnectionFault(505, "expected method frame, got non method frame instead")

    def _negotiate(self, method: Method) -> None:
        args = dict(method.args)
        match method.name:
            case "Connection.StartOk":
                own = f"\0{amqp_handshake.USER}\0{amqp_handshake.PASSWORD}".encode()
                if args["mechanism"] == "PLAIN" and args["response"] == own:
                    args["response"] = self.shared.account.response
            case "Connection.TuneOk":
                self._frame_max = args["frame_max"] or FRAME_MAX
                self.channel_max = args["channel_max"] or amqp_handshake.CHANNEL_MAX
            case "Connection.Open":
                is_own = args["virtual_host"] == amqp_handshake.VHOST
                args["virtual_host"] = (self.shared.account.vhost if is_own
                                        else self.shared.names.out(args["virtual_host"]))
        self.line.send(amqp_wire.method(0, method.name, **args))

    def _method(self, channel: int, method: Method) -> None:
        course = self.courses.setdefault(channel, Course())
        if course.closing:
            if method.name in ("Channel.Close", "Channel.CloseOk"):
                self.line.send(_bytes(channel, method))
            if method.name == "Channel.CloseOk":
                del self.courses[channel]
            return
        if method.name == "Basic.Publish":
            course.content = Content(method, self.shared.ledger)
        elif method.name in _UNRECORDED:
            self._forward(channel, course, method)
        else:
            self._around(channel, method, lambda: self._forward(channel, course, method))

    def _around(self, channel: int, method: Method, act: Callable[[], None]) -> None:
        """Hand a whole method on, unless the plan of a suite is to cut here. Raises Cut."""
        record = self.shared.record
        record.begin(self.number, channel, method)
        act()
        if record.loses_reply():  # the end of the line waits until it has been carried out
            record.cut()

    def _forward(self, channel: int, course: Course, method: Method) -> None:
        names = self.shared.names
        asked = course.request(method, names.make)
        if asked.name in ("Queue.Declare", "Exchange.Declare") and not asked.args["passive"]:
            kind = asked.name.partition(".")[0].lower()
            self.shared.enter(kind, asked.args[kind])
        if not course.sent(asked):
            self.shared.mirror.note(self, asked)
        self.line.send(_bytes(channel, names.request(asked)))
        if asked.name == "Queue.Declare" and not asked.args["passive"]:
            self.line.send(amqp_wire.method(
                channel, "Queue.Bind", ticket=0, queue=names.out(asked.args["queue"]),
                exchange=names.mark, routing_key=asked.args["queue"], nowait=True, arguments={}))

    def _content(self, channel: int, course: Course, content: Content, frame: Frame) -> None:
        try:
            if not content.add(frame):
                return
        except ConnectionFault as fault:
            raise fault.during(content.method.name) from None
        course.content = None
        content.drop()
        self._around(channel, content.method, lambda: self._publish(channel, content))

    def _publish(self, channel: int, content: Content) -> None:
        properties = content.properties
        with contextlib.suppress(ConnectionFault):  # malformed: the server shall say so
            properties = self.shared.stamps.put(properties)
        self.line.send(_bytes(channel, self.shared.names.request(content.method)),
                       *amqp_wire.content(channel, properties, content.body(), self._frame_max))

    # -- from the server ---------------------------------------------------------------------

    def arrived(self) -> bool:
        """Read what the server sends and hand it on; False: it has closed the connection."""
        alive = self.line.fill()
        for frame in self.line.frames():
            self.from_server(frame)
        return alive

    def from_server(self, frame: Frame) -> None:
        """Hand one frame on."""
        course = self.courses.get(frame.channel)
        if frame.type == amqp_wire.METHOD:
            self._answer(frame.channel, course, amqp_wire.read_method(frame.payload))
        elif frame.type == amqp_wire.HEADER and course is not None and course.held is not None:
            self._header(frame, course, course.held)
        else:
            self._tell(amqp_wire.frame(frame.type, frame.channel, frame.payload))

    def _answer(self, channel: int, course: Course | None, method: Method) -> None:
        method = self.shared.names.answer(method)
        if method.name == "Connection.OpenOk":
            self.running = True
        if course is not None:
            asked = course.came(method)
            if asked is not None:
                self.shared.mirror.note(self, asked)
            if method.name == "Channel.CloseOk":
                self.courses.pop(channel, None)
            if method.name in CONTENT:
                return  # with its header
        self._tell(_bytes(channel, method))

    def _header(self, frame: Frame, course: Course, method: Method) -> None:
        _, size, raw = amqp_wire.read_header(frame.payload)
        stamp, properties = self.shared.stamps.take(raw)
        args: dict[str, Any] = dict(method.args)
        if "redelivered" in args:
            args["redelivered"] = self.shared.stamps.is_marked(
                course.held_queue, stamp, args["redelivered"])
        course.held = None
        self._tell(amqp_wire.method(frame.channel, method.name, **args))
        self._tell(amqp_wire.header(frame.channel, size,
                                    self.shared.names.properties(properties)))

    def refuse(self, fault: Fault) -> None:
        """Close the connection for an error of ours, as the server does for one of its own."""
        self.end()
        self.over = True
        class_id, method_id = amqp_wire.ids(fault.method)
        self._tell(amqp_wire.method(0, "Connection.Close", reply_code=fault.code,
                                    reply_text=fault.text, class_id=class_id,
                                    method_id=method_id))

    def end(self) -> None:
        """Let go of everything at the server; it has happened when this returns."""
        was_running, self.running = self.running, False
        self.shared.mirror.left(self)
        self.courses.clear()
        if was_running:
            self.line.goodbye()
        else:
            self.line.socket.close()


def _bytes(channel: int, method: Method) -> bytes:
    return amqp_wire.method(channel, method.name, **method.args)
