"""Independent solution of nonblocking_echo_server, written from statement and stub alone."""

import contextlib
import errno
import selectors
import socket
import threading
from collections import deque

READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE
PIECE = 65_536  # the most that is read at once, and about the size of a block that waits
BACKLOG = 1_024
ACCEPTS = 64  # connections taken in one turn, so that the others get theirs
RETRY_SECONDS = 0.1  # until connections are taken again after there were no files left
NO_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class EchoServer:
    """Send back to every client what it sends, on one background thread.

    The thread never waits for one client: not to read, not to write. It waits only until any of
    them is ready, and then uses no CPU.
    """

    def __init__(self, high_water: int = 262_144) -> None:
        """Make a server that reads no more from a client while high_water bytes wait for it.

        No client ever has more than high_water + 65,536 bytes waiting. Raises ValueError when
        high_water is below 1.
        """
        if high_water < 1:
            raise ValueError(f"high_water must be at least 1, not {high_water}")
        self._high_water = high_water
        self._lock = threading.Lock()  # for start and stop
        self._loop: _Loop | None = None

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, serve in the background, and return the port.

        Raises RuntimeError when the server is running.
        """
        with self._lock:
            if self._loop is not None:
                raise RuntimeError("the server is running")
            loop = _Loop(self._high_water)
            loop.start()
            self._loop = loop
            return loop.port

    def stop(self) -> None:
        """Close the port and all connections, end the thread, and leave no file open.

        Without effect when the server is not running. It can be started again afterwards.
        """
        with self._lock:
            if self._loop is not None:
                self._loop.stop()
                self._loop = None

    def buffered(self) -> int:
        """Return how many bytes were read from clients and not sent back yet, in all."""
        loop = self._loop
        return 0 if loop is None else loop.buffered

    def connections(self) -> int:
        """Return the number of clients that are connected."""
        loop = self._loop
        return 0 if loop is None else len(loop.clients)


class _Client:
    """A connection and the bytes that wait for it, in blocks: adding some copies no others."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.waiting = 0
        self.ended = False  # it sends no more
        self.interest = READ
        self._blocks: deque[bytearray] = deque()
        self._sent = 0  # bytes of the first block that are sent already

    def put(self, data: memoryview) -> None:
        """Let these bytes wait behind the others."""
        if not self._blocks or len(self._blocks[-1]) >= PIECE:
            self._blocks.append(bytearray())
        self._blocks[-1] += data
        self.waiting += len(data)

    def send(self) -> int:
        """Send what goes through of the first block; return how many bytes that was."""
        with memoryview(self._blocks[0]) as block, block[self._sent :] as rest:
            try:
                count = self.sock.send(rest)
            except BlockingIOError:
                return 0
            done = count == len(rest)
        self.waiting -= count
        self._sent += count
        if done:
            self._blocks.popleft()
            self._sent = 0
        return count


class _Loop:
    """One run of the server, from start to stop; only its thread touches the connections."""

    def __init__(self, high_water: int) -> None:
        self.buffered = 0
        self.clients: set[_Client] = set()
        self._high_water = high_water
        self._piece = memoryview(bytearray(PIECE))
        self._accepting = True
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="echo-server", daemon=True)
        with contextlib.ExitStack() as files:
            self._selector = files.enter_context(selectors.DefaultSelector())
            self._wake_receiver, self._wake_sender = socket.socketpair()
            files.enter_context(self._wake_receiver)
            files.enter_context(self._wake_sender)
            self._listener = files.enter_context(socket.socket())
            self._listener.setblocking(False)
            self._listener.bind(("127.0.0.1", 0))
            self._listener.listen(BACKLOG)
            self.port: int = self._listener.getsockname()[1]
            self._selector.register(self._wake_receiver, READ)
            self._selector.register(self._listener, READ)
            self._files = files.pop_all()

    def start(self) -> None:
        """Begin to serve."""
        try:
            self._thread.start()
        except BaseException:
            self._files.close()
            raise

    def stop(self) -> None:
        """End the thread and close all that is open."""
        self._stopping = True
        # Fails only if the thread has broken down and closed its files already.
        with contextlib.suppress(OSError):
            self._wake_sender.send(b"x")
        self._thread.join()

    def _serve(self) -> None:
        try:
            while not self._stopping:
                self._turn()
        finally:
            for client in list(self.clients):
                self._drop(client)
            self._files.close()

    def _turn(self) -> None:
        ready = self._selector.select(None if self._accepting else RETRY_SECONDS)
        if not self._accepting:
            self._accepting = True
            self._selector.register(self._listener, READ)
        for key, mask in ready:
            if isinstance(key.data, _Client):
                self._attend(key.data, mask)
            elif key.fileobj is self._listener:
                self._accept()

    def _accept(self) -> None:
        for _ in range(ACCEPTS):
            try:
                sock, _address = self._listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in NO_FILES:
                    # The listener would stay ready; leave it alone for a while.
                    self._selector.unregister(self._listener)
                    self._accepting = False
                    return
                continue  # that client has gone already
            sock.setblocking(False)
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client = _Client(sock)
            self._selector.register(sock, client.interest, client)
            self.clients.add(client)

    def _attend(self, client: _Client, mask: int) -> None:
        """Read and write once what is ready; close the connection if nothing is left to do."""
        try:
            if mask & READ:
                self._read(client)
            if client.waiting:
                self.buffered -= client.send()
        except OSError:
            self._drop(client)
            return
        if client.ended and not client.waiting:
            self._drop(client)
            return
        interest = 0
        if not client.ended and client.waiting < self._high_water:
            interest |= READ
        if client.waiting:
            interest |= WRITE
        if interest != client.interest:
            client.interest = interest
            self._selector.modify(client.sock, interest, client)

    def _read(self, client: _Client) -> None:
        try:
            count = client.sock.recv_into(self._piece)
        except BlockingIOError:
            return
        if count == 0:
            client.ended = True
            return
        client.put(self._piece[:count])
        self.buffered += count

    def _drop(self, client: _Client) -> None:
        self.buffered -= client.waiting
        self.clients.discard(client)
        self._selector.unregister(client.sock)
        client.sock.close()
