"""The event loop of services: peers that go away at awkward moments do it no harm."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from graders.services import frames
from graders.services.loop import Loop, Peer


class Echo:
    """A service that echoes, and cuts everybody when anybody says so."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop

    def opened(self, peer: Peer) -> None:
        peer.state = b""

    def closed(self, peer: Peer) -> None:
        peer.state = None

    def received(self, peer: Peer, data: bytes) -> None:
        if data == b"all":
            self.loop.cut_all()
        peer.send(data)

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        if verb == "cut":
            self.loop.cut_all()
        return len(self.loop.peers)

    def tick(self) -> bool:
        return False

    def ended(self) -> None:
        self.loop.cut_all()


class Running:
    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.control, control = socket.socketpair()
        events, self.events = socket.socketpair()
        loop = Loop(self.listener, control, events)
        self.thread = threading.Thread(target=loop.run, args=(Echo(loop),))
        self.thread.start()

    def connect(self) -> socket.socket:
        made = socket.create_connection(self.listener.getsockname(), 5)
        made.sendall(b"x")
        assert made.recv(1) == b"x"
        return made

    def ask(self, *message: Any) -> Any:
        frames.send(self.control, message)
        return frames.receive(self.control)


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    yield made
    made.control.close()
    made.thread.join(5)
    assert not made.thread.is_alive()


def test_peers_that_are_ready_when_another_cuts_them(running: Running) -> None:
    """All are readable in one round of the selector: the first closes the others."""
    for _ in range(30):
        peers = [running.connect() for _ in range(8)]
        for each in peers:
            each.sendall(b"all")
        assert running.ask("count")[0] == "ok"
        running.ask("cut")
        for each in peers:
            each.close()
    assert running.connect()


def test_a_request_and_a_farewell_in_one_round(running: Running) -> None:
    for _ in range(30):
        peers = [running.connect() for _ in range(4)]
        for each in peers:
            each.close()
        assert running.ask("cut") == ["ok", 0]


def test_many_requests_at_once_are_answered_in_order(running: Running) -> None:
    frames.send(running.control, ["count"])
    frames.send(running.control, ["cut"])
    assert frames.receive(running.control) == frames.receive(running.control) == ["ok", 0]


def test_a_suite_that_breaks_the_protocol_ends_it(running: Running) -> None:
    running.control.sendall(b"\xff\xff\xff\xff")
    running.thread.join(5)
    assert not running.thread.is_alive()


@pytest.mark.parametrize("value", [
    None, True, 0, -5, 1.5, "text", b"\x00\xff", [], [1, [b"a", None]], {"a": {"b": b"c"}}, ""])
def test_plain_data_crosses_in_frames(value: object) -> None:
    buffer = bytearray(frames.encode(value) * 2 + b"\x01")
    assert frames.cut(buffer) == [value, value]
    assert buffer == b"\x01"


@pytest.mark.parametrize("value", [object(), {1: 2}, float("nan"), b"x" * frames.FRAME_CAP])
def test_other_data_is_refused(value: object) -> None:
    with pytest.raises(frames.FrameError):
        frames.encode(value)


@pytest.mark.parametrize("body", [
    b"", b"{", b'{"x": 1}', b'{"b": 1}', b'{"b": "\xc4\x80"}', b'{"b": "", "b": ""}',
    b'{"d": [[1, 2]]}', b'{"d": 1}', b"[" * 100_000, b"\xff", b"9" * 5000])
def test_what_is_no_frame_is_refused(body: bytes) -> None:
    with pytest.raises(frames.FrameError):
        frames.cut(bytearray(len(body).to_bytes(4, "little") + body))
