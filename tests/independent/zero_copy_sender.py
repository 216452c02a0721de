"""Independent solution of zero_copy_sender, written from statement and stub alone.

One thread serves all clients with a selector; `os.sendfile` on non-blocking sockets never waits.
A connection that is answering is not listened to, so that nobody can pile up requests.
"""

import contextlib
import io
import os
import re
import selectors
import socket
import threading
import time

_REQUEST = re.compile(rb"GET (-?[0-9]{1,18}) (-?[0-9]{1,18})")
_LONGEST_REQUEST = len(b"GET ") + 19 + 1 + 19
_RECEIVE = 16 * 1024
_SEND_AT_ONCE = 1024 * 1024
_STEPS_PER_TURN = 32  # then the other clients are looked after
_LINGER_S = 5.0
_ACCEPT_PAUSE_S = 0.05


class _Connection:
    """A client: what it asked, and what is still to be sent to it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.asked = bytearray()
        self.header = b""
        self.offset = 0
        self.left = 0
        self.at_end = False  # the client will ask nothing more
        self.lingers_until: float | None = None  # set when we have ended our side

    @property
    def answering(self) -> bool:
        return bool(self.header or self.left)


class _Loop:
    """What one start of the server needs: its sockets, its file, and the work on them."""

    def __init__(self, file: io.FileIO, listener: socket.socket, wake: socket.socket) -> None:
        self._file = file
        self._listener = listener
        self._wake = wake
        self._selector = selectors.DefaultSelector()
        self._connections: set[_Connection] = set()
        self._lingering: set[_Connection] = set()
        self._accept_again: float | None = None

    def run(self) -> None:
        """Serve until there is something to read at `wake`; then close all."""
        try:
            self._selector.register(self._wake, selectors.EVENT_READ)
            self._selector.register(self._listener, selectors.EVENT_READ)
            while True:
                for key, _ in self._selector.select(self._timeout()):
                    if key.fileobj is self._wake:
                        return
                    if key.fileobj is self._listener:
                        self._accept()
                    else:
                        self._serve(key.data)
                self._look_at_clock()
        finally:
            self.close()

    def close(self) -> None:
        """Close everything, except for the end of `wake` that others hold."""
        for connection in self._connections:
            connection.sock.close()
        self._connections.clear()
        self._lingering.clear()
        self._selector.close()
        self._listener.close()
        self._wake.close()
        self._file.close()

    def _timeout(self) -> float | None:
        times = [c.lingers_until for c in self._lingering if c.lingers_until is not None]
        if self._accept_again is not None:
            times.append(self._accept_again)
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _look_at_clock(self) -> None:
        now = time.monotonic()
        for connection in list(self._lingering):
            if connection.lingers_until is not None and connection.lingers_until <= now:
                self._drop(connection)
        if self._accept_again is not None and self._accept_again <= now:
            self._accept_again = None
            self._selector.register(self._listener, selectors.EVENT_READ)

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionError):
            return
        except OSError:  # no more files: look after the clients we have, and try again later
            self._selector.unregister(self._listener)
            self._accept_again = time.monotonic() + _ACCEPT_PAUSE_S
            return
        connection = _Connection(sock)
        self._connections.add(connection)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(sock, selectors.EVENT_READ, connection)
        except OSError:
            self._connections.discard(connection)
            sock.close()

    def _drop(self, connection: _Connection) -> None:
        self._selector.unregister(connection.sock)
        self._connections.discard(connection)
        self._lingering.discard(connection)
        connection.sock.close()

    def _serve(self, connection: _Connection) -> None:
        try:
            if connection.lingers_until is not None:
                if not connection.sock.recv(_RECEIVE):
                    self._drop(connection)
                return
            self._work(connection)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self._drop(connection)

    def _work(self, connection: _Connection) -> None:
        if not connection.answering and b"\n" not in connection.asked:
            received = connection.sock.recv(_RECEIVE)
            connection.asked += received
            connection.at_end = not received
        with contextlib.suppress(BlockingIOError, InterruptedError):
            for _ in range(_STEPS_PER_TURN):
                if connection.answering:
                    goes_on = self._send(connection)
                elif b"\n" in connection.asked:
                    goes_on = self._take_request(connection)
                else:
                    goes_on = len(connection.asked) <= _LONGEST_REQUEST
                    goes_on = goes_on and not connection.at_end
                    if goes_on:
                        break
                if not goes_on:
                    self._end(connection)
                    return
        busy = connection.answering or b"\n" in connection.asked
        self._watch(connection, selectors.EVENT_WRITE if busy else selectors.EVENT_READ)

    def _take_request(self, connection: _Connection) -> bool:
        """Begin with the answer to the next line; False if that is no request."""
        end = connection.asked.index(b"\n")
        line = bytes(connection.asked[:end])
        del connection.asked[: end + 1]
        match = _REQUEST.fullmatch(line)
        if match is None:
            return False
        offset, length = int(match[1]), int(match[2])
        count = 0
        if offset >= 0 and length > 0:
            size = os.fstat(self._file.fileno()).st_size
            count = max(0, min(length, size - offset))
        connection.header = count.to_bytes(8, "big")
        connection.offset = offset
        connection.left = count
        return True

    def _send(self, connection: _Connection) -> bool:
        """Send a piece of the answer; False if the file has become too short for it."""
        if connection.header:
            sent = connection.sock.send(connection.header)
            connection.header = connection.header[sent:]
            return True
        sent = os.sendfile(
            connection.sock.fileno(),
            self._file.fileno(),
            connection.offset,
            min(connection.left, _SEND_AT_ONCE),
        )
        connection.offset += sent
        connection.left -= sent
        return sent > 0

    def _end(self, connection: _Connection) -> None:
        """End our side; the rest of what the client sends is dropped, for a while.

        To close at once, with requests not yet received, would take away answers under way.
        """
        if connection.at_end:
            self._drop(connection)
            return
        connection.sock.shutdown(socket.SHUT_WR)
        connection.lingers_until = time.monotonic() + _LINGER_S
        self._lingering.add(connection)
        self._watch(connection, selectors.EVENT_READ)

    def _watch(self, connection: _Connection, events: int) -> None:
        if self._selector.get_key(connection.sock).events != events:
            self._selector.modify(connection.sock, events, connection)


class FileServer:
    """Send ranges of one file to several clients at once.

    A client sends lines `GET offset length`, each ended by LF, as many as it likes on one
    connection. The answer to each is a count as 8 bytes, big-endian, then so many bytes of the
    file from the offset on: length of them, or as many as there are. A negative number or an
    offset behind the end gives the count 0. Anything else ends the connection.
    """

    def __init__(self, path: str) -> None:
        """Make a server of this file, which is opened by start."""
        self._path = path
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._waker: socket.socket | None = None

    def start(self) -> int:
        """Open the file, listen on a free port of 127.0.0.1, and return the port.

        Raises OSError when the file can not be opened, RuntimeError when the server is running.
        """
        with self._lock:
            if self._thread is not None:
                raise RuntimeError("the server is running")
            with contextlib.ExitStack() as undo:
                file = undo.enter_context(open(self._path, "rb", buffering=0))
                listener = undo.enter_context(socket.create_server(("127.0.0.1", 0), backlog=512))
                listener.setblocking(False)
                port = listener.getsockname()[1]
                waker, wake = socket.socketpair()
                undo.callback(waker.close)
                undo.callback(wake.close)
                loop = _Loop(file, listener, wake)
                undo.callback(loop.close)
                thread = threading.Thread(target=loop.run, name="file-server", daemon=True)
                thread.start()
                undo.pop_all()
            self._thread, self._waker = thread, waker
            return port

    def stop(self) -> None:
        """Close port, connections and file, and end all threads.

        Without effect when the server is not running. It can be started again afterwards.
        """
        with self._lock:
            if self._thread is None or self._waker is None:
                return
            self._waker.close()  # the other end becomes readable
            self._thread.join()
            self._thread = self._waker = None
