"""The two brokers that the tests of AMQP run on, and a client that speaks bare frames.

    embedded    ours, in a thread of this process
    rabbitmq    a real one at KATA_AMQP_URL, or guest/guest at 127.0.0.1:5672, where it answers

Names are random, and what carries them is deleted afterwards: a shared RabbitMQ stays clean.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pika
import pika.exceptions
from pamqp import body, commands, frame, header

from graders.services.amqp import Broker

URL = os.environ.get("KATA_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/%2F")
FRAME = 131072 - 8  # bytes of a body in one frame
PATIENCE_S = 20  # for an answer that must come; a machine may be busy


class Served:
    """A broker of ours that serves in a thread; `ask` uses it between two events of its loop."""

    def __init__(self, **options: Any) -> None:
        self.broker = Broker(**options)
        listener = socket.create_server(("127.0.0.1", 0))
        self.address = listener.getsockname()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.address[1]}/%2F"
        self._bell, bell = socket.socketpair()
        self._questions: queue.SimpleQueue[Callable[[], Any]] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stopped = False

        def answer() -> None:
            bell.recv(1)
            try:
                self._answers.put(self._questions.get()())
            except Exception as error:  # handed to whoever asked
                self._answers.put(error)

        def serve() -> None:
            with listener, bell:
                self.broker.serve(listener, lambda: self._stopped, {bell: answer})

        self._thread = threading.Thread(target=serve)
        self._thread.start()

    def ask(self, method: str, *args: Any, **options: Any) -> Any:
        """Call a method of the broker in its own thread."""
        self._questions.put(lambda: getattr(self.broker, method)(*args, **options))
        self._bell.send(b"?")
        answer = self._answers.get(timeout=PATIENCE_S)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        """End the thread, and fail if the broker noticed a fault of its own."""
        faults = self.ask("state")["faults"]
        self._stopped = True
        with contextlib.suppress(OSError):
            self._bell.send(b"?")
            self._questions.put(lambda: None)
        self._thread.join(PATIENCE_S)
        self._bell.close()
        assert not self._thread.is_alive()
        assert faults == []


def rabbitmq_answers() -> bool:
    """Tell whether there is a real RabbitMQ to compare with."""
    parameters = pika.URLParameters(URL)
    try:
        with socket.create_connection((parameters.host, parameters.port), timeout=2) as sock:
            sock.sendall(b"AMQP\x00\x00\x09\x01")
            return b"RabbitMQ" in sock.recv(4096)
    except OSError:
        return False


class Names:
    """Random names, short in transcripts: `names("q")` is told as "q" by `plain`."""

    def __init__(self) -> None:
        self.prefix = f"kata40-{secrets.token_hex(6)}-"
        self.used: list[str] = []

    def __call__(self, short: str) -> str:
        name = self.prefix + short
        if name not in self.used:
            self.used.append(name)
        return name

    def plain(self, text: str) -> str:
        """Return `text` with the random part of names left out."""
        return text.replace(self.prefix, "")


def sometime(ask: Callable[[], Any], wanted: Any) -> Any:
    """Ask until the answer is the wanted one, or long enough; return the last answer."""
    deadline = time.monotonic() + PATIENCE_S
    while (answer := ask()) != wanted and time.monotonic() < deadline:
        pass
    return answer


@contextlib.contextmanager
def cleaned(url: str) -> Iterator[Names]:
    """Hand out names, and delete what carries them afterwards."""
    names = Names()
    try:
        yield names
    finally:
        with contextlib.closing(pika.BlockingConnection(pika.URLParameters(url))) as connection:
            for name in names.used:
                for delete in ("queue_delete", "exchange_delete"):
                    while not _deleted(connection.channel(), delete, name):
                        continue


def _deleted(channel: Any, delete: str, name: str) -> bool:
    """Delete; False while an exclusive queue's connection is still being cleared away."""
    try:
        getattr(channel, delete)(name)
    except pika.exceptions.ChannelClosedByBroker as closed:
        assert closed.reply_code == 405
        return False
    channel.close()
    return True


def open_frames(vhost: str = "/") -> list[Any]:
    """Return what a client says to log in."""
    capabilities = {"consumer_cancel_notify": True, "authentication_failure_close": True}
    return [commands.Connection.StartOk({"capabilities": capabilities}, "PLAIN",
                                        "\0guest\0guest", "en_US"),
            commands.Connection.TuneOk(2047, 131072, 0), commands.Connection.Open(vhost)]


class Bare:
    """A client that sends frames as told and tells the answers as lines."""

    def __init__(self, url: str, names: Names, greet: bool = True) -> None:
        parameters = pika.URLParameters(url)
        self._names = names
        self._socket = socket.create_connection((parameters.host, parameters.port))
        self._socket.settimeout(PATIENCE_S)
        self._data = b""
        if greet:
            self._socket.sendall(b"AMQP\x00\x00\x09\x01")
            start_ok, tune_ok, open_ = open_frames()
            self.next()
            self.send(0, start_ok)
            self.next()
            self.send(0, tune_ok, open_)
            self.next()

    def send(self, channel: int, *frames: Any) -> None:
        """Send frames; bytes go as they are."""
        self._socket.sendall(b"".join(each if isinstance(each, bytes)
                                      else frame.marshal(each, channel) for each in frames))

    def next(self) -> tuple[int, Any] | None:
        """Return the next frame; None when the connection has ended."""
        while True:
            if len(self._data) >= 7:
                end = int.from_bytes(self._data[3:7]) + 8
                if len(self._data) >= end:
                    _, channel, found = frame.unmarshal(self._data[:end])
                    self._data = self._data[end:]
                    return channel, found
            try:
                data = self._socket.recv(65536)
            except ConnectionResetError:
                data = b""
            if not data:
                return None
            self._data += data

    def line(self) -> str:
        """Return the next frame as one line."""
        found = self.next()
        return "end" if found is None else self._names.plain(told(*found))

    def close(self) -> None:
        """Close the socket, without a word."""
        self._socket.close()

    def __enter__(self) -> Bare:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def told(channel: int, found: Any) -> str:
    """Return a frame as a line: the channel, the name, the arguments' values."""
    if isinstance(found, header.ContentHeader):
        properties = {name: value for name, value in found.properties if value not in (None, "")}
        return f"{channel} header {found.body_size} {properties or ''}".rstrip()
    if isinstance(found, body.ContentBody):
        return f"{channel} body {found.value.decode(errors='backslashreplace')}"
    return " ".join([str(channel), found.name, *(str(value) for _, value in found)]).rstrip()


def publish(exchange: str, key: str, text: str, *, mandatory: bool = False, immediate: bool = False,
            **properties: Any) -> list[Any]:
    """Return the frames of a publish."""
    data = text.encode()
    return [commands.Basic.Publish(0, exchange, key, mandatory, immediate),
            header.ContentHeader(0, len(data), commands.Basic.Properties(**properties)),
            *(body.ContentBody(data[start : start + FRAME])
              for start in range(0, len(data), FRAME))]

