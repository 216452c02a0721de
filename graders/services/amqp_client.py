"""A connection to a real broker that asks and waits: for the suite's looks, and for sweeping.

Many questions may be asked on one connection, each on a channel of its own: an error closes the
channel and nothing else.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from graders.services import amqp_table, amqp_wire
from graders.services.amqp_wire import FRAME_MAX, FRAME_OVERHEAD, Frame

PATIENCE_S = 10.0
_READ = 1 << 16
_CONFIRMING: amqp_table.Table = {"capabilities": ("F", {"authentication_failure_close": ("t", True),
                                                        "publisher_confirms": ("t", True),
                                                        "basic.nack": ("t", True)})}


@dataclass(frozen=True, slots=True)
class Account:
    """Where a broker is, and as whom to go there."""

    host: str
    port: int
    user: str
    password: str
    vhost: str

    @classmethod
    def of(cls, url: str) -> Account:
        """Read a URL; guest at "/" where it does not say."""
        parts = urlsplit(url)
        return cls(parts.hostname or "127.0.0.1", parts.port or 5672,
                   unquote(parts.username or "guest"), unquote(parts.password or "guest"),
                   unquote(parts.path[1:]) or "/")

    @property
    def response(self) -> bytes:
        """What the mechanism PLAIN sends."""
        return f"\0{self.user}\0{self.password}".encode()


class Refusal(Exception):
    """The server has closed a channel instead of answering: (code, text)."""


@dataclass(slots=True)
class Answer:
    """A method of the server's, with its content if it has any."""

    name: str
    args: dict[str, Any]
    properties: bytes = b""
    body: bytes = b""


class Line:
    """A socket to the server, read frame by frame."""

    def __init__(self, account: Account) -> None:
        self.socket = socket.create_connection((account.host, account.port), PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._inbox = bytearray()

    def send(self, *frames: bytes) -> None:
        """Send. Raises OSError."""
        self.socket.sendall(b"".join(frames))

    def fill(self) -> bool:
        """Read what has come, or wait for it; False: the server is gone."""
        try:
            data = self.socket.recv(_READ)
        except OSError:
            data = b""
        self._inbox += data
        return bool(data)

    def frames(self) -> Iterator[Frame]:
        """Yield the frames that are complete."""
        while (found := amqp_wire.next_frame(self._inbox, FRAME_MAX - FRAME_OVERHEAD)) is not None:
            yield found

    def wait(self) -> Frame:
        """Return the next frame. Raises OSError where none comes."""
        while True:
            for found in self.frames():
                return found
            if not self.fill():
                raise ConnectionError("RabbitMQ has closed the connection, or does not answer")

    def goodbye(self) -> None:
        """Close in good order: when this returns, the server has let go of all that was held."""
        try:
            self.send(amqp_wire.method(0, "Connection.Close", reply_code=200, reply_text="",
                                       class_id=0, method_id=0))
            while True:
                found = self.wait()
                if found.channel or found.type != amqp_wire.METHOD:
                    continue
                if amqp_wire.read_method(found.payload).name.startswith("Connection.Close"):
                    break
        except OSError:
            return  # it was gone already
        finally:
            self.socket.close()


@dataclass
class Channel:
    """A channel on a line; frames of others are handed to `others`."""

    line: Line
    number: int
    others: Callable[[Frame], None]
    _content: Answer | None = field(default=None, init=False)
    _left: int = field(default=0, init=False)  # bytes of its body that are still to come

    def ask(self, name: str, expected: str = "", **args: Any) -> Answer:
        """Send a method and return the answer. Raises Refusal, OSError."""
        self.line.send(amqp_wire.method(self.number, name, **args))
        return self.receive(expected)

    def receive(self, expected: str = "") -> Answer:
        """Return the next method, with its content; with `expected` the next one of that name."""
        while True:
            found = self._whole(self.line.wait())
            if found is None:
                continue
            if found.name == "Channel.Close":
                self.line.send(amqp_wire.method(self.number, "Channel.CloseOk"))
                raise Refusal(found.args["reply_code"], found.args["reply_text"])
            if not expected or found.name == expected:
                return found

    def _whole(self, frame: Frame) -> Answer | None:
        if frame.channel != self.number:
            self.others(frame)
            return None
        if frame.type == amqp_wire.METHOD:
            method = amqp_wire.read_method(frame.payload)
            found = Answer(method.name, method.args)
            if method.name not in ("Basic.GetOk", "Basic.Return"):
                return found
            self._content = found
            return None
        assert self._content is not None
        if frame.type == amqp_wire.HEADER:
            _, self._left, self._content.properties = amqp_wire.read_header(frame.payload)
        else:
            self._content.body += frame.payload
            self._left -= len(frame.payload)
        if self._left:
            return None
        found, self._content = self._content, None
        return found


class Client:
    """A connection of our own, logged in."""

    def __init__(self, url: str) -> None:
        account = Account.of(url)
        self._line = Line(account)
        self._line.send(amqp_wire.PROTOCOL)
        self._answer("Connection.Start")
        self._line.send(amqp_wire.method(
            0, "Connection.StartOk", client_properties=_CONFIRMING, mechanism="PLAIN",
            response=account.response, locale="en_US"))
        offered = self._answer("Connection.Tune")
        self._line.send(
            amqp_wire.method(0, "Connection.TuneOk", heartbeat=0, frame_max=FRAME_MAX,
                             channel_max=offered["channel_max"]),
            amqp_wire.method(0, "Connection.Open", virtual_host=account.vhost, capabilities="",
                             insist=False))
        self._answer("Connection.OpenOk")

    def _answer(self, name: str) -> dict[str, Any]:
        method = amqp_wire.read_method(self._line.wait().payload)
        if method.name == "Connection.Close":
            raise ConnectionError(f"RabbitMQ: {method.args['reply_text']}")
        if method.name != name:
            raise ConnectionError(f"RabbitMQ says {method.name} instead of {name}")
        return method.args

    @contextmanager
    def channel(self) -> Iterator[Channel]:
        """Give a channel; what was got on it and not acknowledged goes back to its place."""
        with opened(self._line, 1, lambda frame: None) as channel:
            yield channel

    def close(self) -> None:
        """Close."""
        self._line.goodbye()


@contextmanager
def opened(line: Line, number: int, others: Callable[[Frame], None]) -> Iterator[Channel]:
    """Give a channel of this number on a line, open until the end or until a Refusal."""
    channel = Channel(line, number, others)
    channel.ask("Channel.Open", "Channel.OpenOk", out_of_band="0")
    yield channel
    channel.ask("Channel.Close", "Channel.CloseOk", reply_code=200, reply_text="", class_id=0,
                method_id=0)
