"""The event loop of a service: one thread, one process, every wait in one place.

    learner's connections --> listener        suite --requests--> control
    service --questions--> events --> suite, which lets a learner's action happen or not

Knows sockets and bounds, and nothing of what a service does. It sleeps only in the selector and in
a question to the suite; it ends when the suite closes `control`.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable
from typing import Any, Protocol

from graders.services.suite_line import SuiteLine

PEERS_CAP = 200  # connections at a time
OUTBOX_CAP = 8 << 20  # bytes that a peer has not read yet
_READ = 1 << 16
_TICK_S = 0.01  # so often what waits for a time is looked at


class Peer:
    """One connection of the learner."""

    def __init__(self, line: socket.socket) -> None:
        self.socket = line
        self.outbox = bytearray()
        self.open = True
        self.state: Any = None  # the service's own

    def send(self, data: bytes) -> None:
        """Send as soon as the peer takes it."""
        self.outbox += data

    def flush(self) -> bool:
        """Send what can be sent at once; False: the peer is gone, or reads too little."""
        try:
            while self.outbox:
                del self.outbox[: self.socket.send(self.outbox)]
        except BlockingIOError:
            return len(self.outbox) <= OUTBOX_CAP
        except OSError:
            return False
        return True


class Service(Protocol):
    """What runs in the loop."""

    def opened(self, peer: Peer) -> None:
        """A peer has connected."""

    def received(self, peer: Peer, data: bytes) -> None:
        """A peer has sent something."""

    def closed(self, peer: Peer) -> None:
        """A peer is gone."""

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        """The suite asks: return plain data or raise Refused."""

    def tick(self) -> bool:
        """Look at what waits for a time; return whether anything does."""

    def ended(self) -> None:
        """The suite has closed the line: leave nothing behind."""


class Loop:
    """Runs one service until the suite's side closes."""

    def __init__(self, listener: socket.socket, control: socket.socket,
                 events: socket.socket) -> None:
        self.listener = listener
        self.service: Service
        self.suite = SuiteLine(control, events, self._asked)
        self.peers: list[Peer] = []
        self._selector = selectors.DefaultSelector()
        listener.setblocking(False)
        self.watch(listener, self._accept)
        self.watch(control, self.suite.serve)

    def watch(self, line: socket.socket, action: Callable[[], None]) -> None:
        """Call `action` whenever there is something to read on `line`."""
        self._selector.register(line, selectors.EVENT_READ, action)

    def forget(self, line: socket.socket) -> None:
        """Watch `line` no longer."""
        if self._key(line) is not None:
            self._selector.unregister(line)

    def _key(self, line: socket.socket) -> selectors.SelectorKey | None:
        """Return how a socket is watched; None for one that is not, or is closed.

        Asked of a closed one, the selector itself raises ValueError.
        """
        return self._selector.get_map().get(line) if line.fileno() >= 0 else None

    def run(self, service: Service) -> None:
        """Serve."""
        self.service = service
        waiting = False
        while not self.suite.closed:
            stuck = any(peer.outbox for peer in self.peers)
            for key, _ in self._selector.select(_TICK_S if waiting or stuck else None):
                if self._key(key.fileobj) is key:  # type: ignore[arg-type]  # not closed meanwhile
                    key.data()
            waiting = service.tick()
            for peer in list(self.peers):
                if not peer.flush():
                    self.cut(peer)
        service.ended()

    def cut(self, peer: Peer) -> None:
        """Close a peer's connection without another word."""
        if peer.open:
            peer.open = False
            self.peers.remove(peer)
            self.forget(peer.socket)
            self.service.closed(peer)
            peer.socket.close()

    def cut_all(self) -> None:
        """Close every connection."""
        for peer in list(self.peers):
            self.cut(peer)

    def _asked(self, verb: str, arguments: list[Any]) -> Any:
        return self.service.asked(verb, arguments)

    def _accept(self) -> None:
        try:
            line, _ = self.listener.accept()
        except OSError:  # it went away meanwhile, or descriptors are short: it will find out
            return
        if len(self.peers) >= PEERS_CAP:
            line.close()
            return
        line.setblocking(False)
        if line.family == socket.AF_INET:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = Peer(line)
        self.peers.append(peer)
        self.watch(line, lambda: self._read(peer))
        self.service.opened(peer)

    def _read(self, peer: Peer) -> None:
        try:
            data = peer.socket.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        try:
            if data:
                self.service.received(peer, data)
            else:
                self.cut(peer)
        except MemoryError:  # what it sent is more than we may hold
            self.cut(peer)
