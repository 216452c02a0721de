"""Sends 1,024 bytes at a time: a system call, and a packet, for each."""

import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from threading import Thread

REQUEST = re.compile(rb"GET (-?\d{1,18}) (-?\d{1,18})")
PIECE = 1_024  # bytes sent to one client before it is the turn of others


@dataclass(slots=True, eq=False)
class _Peer:
    """One connection: what it has asked for, and what is still to be sent of the answer."""

    socket: socket.socket
    asked: bytearray = field(default_factory=bytearray)
    head: bytes = b""
    offset: int = 0  # of the bytes to be sent next; each client has its own place in the file
    left: int = 0


class FileServer:
    """Send ranges of one file to any number of clients."""

    def __init__(self, path: str) -> None:
        """Make a server of this file, which is opened by start."""
        self._path = path
        self._thread: Thread | None = None

    def start(self) -> int:
        """Open the file, listen on a free port of 127.0.0.1, and return the port."""
        if self._thread is not None:
            raise RuntimeError("the server is running")
        self._file = os.open(self._path, os.O_RDONLY)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listener.setblocking(False)
        self._waker, woken = socket.socketpair()
        self._selector = DefaultSelector()
        self._selector.register(self._listener, EVENT_READ)
        self._selector.register(woken, EVENT_READ)
        self._thread = Thread(target=self._serve, args=(woken,), daemon=True)
        self._thread.start()
        return int(self._listener.getsockname()[1])

    def stop(self) -> None:
        """Close port, connections and file; without effect on a server that is not running."""
        if self._thread is not None:
            self._waker.close()
            self._thread.join()
            self._thread = None

    def _serve(self, woken: socket.socket) -> None:
        try:
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is woken:
                        return
                    if key.fileobj is self._listener:
                        with suppress(OSError):  # it has gone again
                            accepted, _ = self._listener.accept()
                            accepted.setblocking(False)
                            self._selector.register(accepted, EVENT_READ, _Peer(accepted))
                    else:
                        self._go_on(key.data)
        finally:
            for key in list(self._selector.get_map().values()):
                key.fileobj.close()
            self._selector.close()
            os.close(self._file)

    def _go_on(self, peer: _Peer) -> None:
        """Take one step with a client: send some of its answer, or read some of its requests."""
        try:
            with suppress(BlockingIOError):
                if peer.head:
                    peer.head = peer.head[peer.socket.send(peer.head) :]
                elif peer.left:
                    self._send(peer)
                elif received := peer.socket.recv(4_096):
                    peer.asked += received
                else:
                    raise EOFError("the client has left")
                if not peer.head and not peer.left:
                    self._begin(peer)
            owed = peer.head or peer.left
            self._selector.modify(peer.socket, EVENT_WRITE if owed else EVENT_READ, peer)
        except (OSError, EOFError, ValueError):
            self._selector.unregister(peer.socket)
            peer.socket.close()

    def _begin(self, peer: _Peer) -> None:
        """Begin the answer to the next request, if all of it has come."""
        line, end, rest = peer.asked.partition(b"\n")
        if not end and len(line) < 64:  # no request is longer
            return
        if not (found := REQUEST.fullmatch(line)):
            raise ValueError("no request")
        peer.asked, peer.offset = rest, int(found[1])
        there = os.fstat(self._file).st_size - peer.offset
        peer.left = max(0, min(int(found[2]), there)) if peer.offset >= 0 else 0
        peer.head = peer.left.to_bytes(8, "big")

    def _send(self, peer: _Peer) -> None:
        sent = os.sendfile(peer.socket.fileno(), self._file, peer.offset, min(peer.left, PIECE))
        if not sent:
            raise EOFError("the file has become shorter than what was promised")
        peer.offset += sent
        peer.left -= sent
