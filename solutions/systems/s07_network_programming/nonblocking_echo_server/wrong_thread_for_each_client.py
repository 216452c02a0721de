"""Gives each client a thread of its own."""

import socket
from dataclasses import dataclass, field
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from threading import Thread

CHUNK_BYTES = 65_536  # read at once; what a peer's buffer may exceed its high-water mark by


@dataclass(slots=True, eq=False)
class _Peer:
    """One connection and what is still to be sent to it."""

    socket: socket.socket
    unsent: bytearray = field(default_factory=bytearray)
    ended: bool = False  # it has closed its side, and still gets what is unsent
    watched: int = EVENT_READ


class EchoServer:
    """Send back to every client what it sends, on one background thread."""

    def __init__(self, high_water: int = 262_144) -> None:
        """Make a server that reads no more from a client while high_water bytes wait for it."""
        if high_water < 1:
            raise ValueError("high_water is 1 or more")
        self._high_water = high_water
        self._thread: Thread | None = None
        self._peers: set[_Peer] = set()
        self._buffered = 0

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1 and return it."""
        if self._thread is not None:
            raise RuntimeError("the server is running")
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1_024)
        self._listener.setblocking(False)
        self._waker, woken = socket.socketpair()
        self._selector = DefaultSelector()
        self._selector.register(self._listener, EVENT_READ)
        self._selector.register(woken, EVENT_READ)
        self._thread = Thread(target=self._serve, args=(woken,), daemon=True)
        self._thread.start()
        return int(self._listener.getsockname()[1])

    def stop(self) -> None:
        """Close the port and all connections; without effect on a server that is not running."""
        if self._thread is not None:
            self._waker.close()  # makes the other end readable
            self._thread.join()
            self._thread = None

    def buffered(self) -> int:
        """Return how many bytes were read and not sent yet, for all clients."""
        return self._buffered

    def connections(self) -> int:
        """Return the number of open connections."""
        return len(self._peers)

    def _serve(self, woken: socket.socket) -> None:
        """Handle what is ready until the waker is closed; then close everything."""
        try:
            while True:
                for key, events in self._selector.select():
                    if key.fileobj is woken:
                        return
                    if key.fileobj is self._listener:
                        self._accept()
                    else:
                        self._handle(key.data, events)
        finally:
            for peer in list(self._peers):
                self._drop(peer)
            for each in (self._selector, self._listener, woken):
                each.close()

    def _accept(self) -> None:
        try:
            accepted, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # it has gone again
        peer = _Peer(accepted)
        self._peers.add(peer)
        self._selector.register(accepted, EVENT_WRITE, peer)
        self._selector.unregister(accepted)
        Thread(target=self._serve_one, args=(peer,), daemon=True).start()

    def _serve_one(self, peer: _Peer) -> None:
        while data := peer.socket.recv(CHUNK_BYTES):
            peer.socket.sendall(data)
        peer.socket.close()
        self._peers.discard(peer)

    def _handle(self, peer: _Peer, events: int) -> None:
        try:
            if events & EVENT_READ:
                self._receive(peer)
            if peer.unsent:
                self._send(peer)
        except BlockingIOError:
            pass  # the buffers of the kernel are full: wait until it says otherwise
        except OSError:
            self._drop(peer)
            return
        if peer.ended and not peer.unsent:
            self._drop(peer)
        else:
            self._watch(peer)

    def _receive(self, peer: _Peer) -> None:
        data = peer.socket.recv(CHUNK_BYTES)
        peer.unsent += data
        self._buffered += len(data)
        peer.ended = not data

    def _send(self, peer: _Peer) -> None:
        """Send as much as there is room for: often less than there is."""
        sent = peer.socket.send(peer.unsent)
        del peer.unsent[:sent]  # only moves the begin
        self._buffered -= sent

    def _watch(self, peer: _Peer) -> None:
        """Ask for what can be used only: room to send is nearly always there."""
        reads = not peer.ended and len(peer.unsent) < self._high_water
        events = (EVENT_READ if reads else 0) | (EVENT_WRITE if peer.unsent else 0)
        if events != peer.watched:
            peer.watched = events
            self._selector.modify(peer.socket, events, peer)

    def _drop(self, peer: _Peer) -> None:
        peer.socket.close()
        self._buffered -= len(peer.unsent)
        self._peers.remove(peer)
