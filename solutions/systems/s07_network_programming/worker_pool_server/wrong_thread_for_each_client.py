"""Accepts everybody at once and starts a thread for each: the pool has no bound."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from threading import Lock, Thread, get_native_id


class PoolServer:
    """Serve lines to as many clients at once as there are workers; others wait in the backlog."""

    def __init__(self, mode: str, workers: int) -> None:
        """Make a server of so many workers that are threads ("thread") or processes ("process")."""
        if mode not in ("thread", "process") or workers < 1:
            raise ValueError("mode is thread or process, with one worker or more")
        self._pool_of = _Threads if mode == "thread" else _Processes
        self._workers = workers
        self._pool: _Threads | _Processes | None = None

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, start the workers, and return the port."""
        if self._pool is not None:
            raise RuntimeError("the server is running")
        listener = socket.create_server(("127.0.0.1", 0), backlog=1_024)
        self._pool = self._pool_of(listener, self._workers)
        return int(listener.getsockname()[1])

    def stop(self) -> None:
        """Close the port and all connections and end all workers; without effect if not running."""
        if self._pool is not None:
            self._pool.stop()
            self._pool = None


class _Connections:
    """The sockets that workers of this process may be waiting for, so that they can be woken."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sockets: set[socket.socket] | None = set()  # None once they are shut

    def add(self, each: socket.socket) -> None:
        """Take in a socket; a late one is shut at once."""
        with self._lock:
            if self._sockets is None:
                _shut(each)
            else:
                self._sockets.add(each)

    def discard(self, each: socket.socket) -> None:
        """Forget a socket."""
        with self._lock:
            if self._sockets is not None:
                self._sockets.discard(each)

    def shut(self) -> None:
        """End every wait for one of the sockets."""
        with self._lock:
            sockets, self._sockets = self._sockets or set(), None
            for each in sockets:
                _shut(each)


class _Threads:
    """Workers that are threads of this process."""

    def __init__(self, listener: socket.socket, workers: int) -> None:
        self._listener = listener
        self._listener.setblocking(False)  # all wake up for a client, and one gets it
        self._waker, self._woken = socket.socketpair()
        self._connections = _Connections()
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wake every worker up, wherever it waits, and join it."""
        self._waker.close()
        self._connections.shut()
        for thread in self._threads:
            thread.join()
        self._listener.close()
        self._woken.close()

    def _work(self) -> None:
        with DefaultSelector() as selector:
            selector.register(self._listener, EVENT_READ)
            selector.register(self._woken, EVENT_READ)
            while self._woken not in [key.fileobj for key, _ in selector.select()]:
                with suppress(OSError):  # another worker was faster, or the client has gone
                    client, _ = self._listener.accept()
                    client.setblocking(True)
                    Thread(target=self._serve_one, args=(client,), daemon=True).start()

    def _serve_one(self, client: socket.socket) -> None:
        with suppress(OSError):
            _serve(client, self._connections, may_die=False)


class _Processes:
    """Workers that are processes, below a master that replaces those that end."""

    def __init__(self, listener: socket.socket, workers: int) -> None:
        self._listener = listener
        parent, child = socket.socketpair()
        self._master = os.fork()
        if self._master == 0:
            parent.close()
            _never_return(lambda: _lead(listener, workers, child))
        child.close()
        parent.recv(1)  # the master can be told to end from here on
        parent.close()

    def stop(self) -> None:
        """End the master, and with it the workers."""
        os.kill(self._master, signal.SIGTERM)
        os.waitpid(self._master, 0)
        _shut(self._listener)  # also for a process that was forked by somebody else meanwhile
        self._listener.close()


def _lead(listener: socket.socket, workers: int, ready: socket.socket) -> None:
    """Be the master: keep so many workers alive until the signal to end."""

    def end(*_: object) -> None:
        raise SystemExit

    signal.signal(signal.SIGTERM, end)
    alive: set[int] = set()
    try:
        ready.send(b"!")
        ready.close()
        while True:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])  # or a worker is forgotten
            while len(alive) < workers:
                pid = os.fork()
                if pid == 0:
                    signal.signal(signal.SIGTERM, signal.SIG_DFL)
                    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
                    _never_return(lambda: _accept_for_ever(listener))
                alive.add(pid)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
            alive.discard(os.wait()[0])
    finally:
        for pid in alive:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in alive:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _accept_for_ever(listener: socket.socket) -> None:
    connections = _Connections()
    while True:
        with suppress(OSError):
            client, _ = listener.accept()
            _serve(client, connections, may_die=True)


def _never_return(work: Callable[[], None]) -> None:
    """Do a child's work and end it: what its parent had in mind next is none of its business."""
    try:
        work()
    finally:
        os._exit(0)


def _serve(client: socket.socket, connections: _Connections, may_die: bool) -> None:
    """Answer a client's lines until it has no more; an OSError ends this client alone."""
    connections.add(client)
    try:
        with client, client.makefile("rb") as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    client.sendall(_answer(line.split(), connections, may_die) + b"\n")
    finally:
        connections.discard(client)


def _answer(words: list[bytes], connections: _Connections, may_die: bool) -> bytes:
    match words:
        case [b"PID"]:
            return b"%d" % os.getpid()
        case [b"TID"]:
            return b"%d" % get_native_id()
        case [b"SUM", number] if number.isdigit():
            return b"%d" % (int(number) * (int(number) + 1) // 2)
        case [b"WAIT", port] if port.isdigit():
            return _wait(int(port), connections)
        case [b"DIE"] if may_die:
            os._exit(1)
    return b"ERR"


def _wait(port: int, connections: _Connections) -> bytes:
    """Return the line that comes from a port; ERR if nobody is there or no line comes."""
    try:
        with socket.create_connection(("127.0.0.1", port)) as other:
            connections.add(other)
            try:
                with other.makefile("rb") as lines:
                    line = lines.readline()
            finally:
                connections.discard(other)
    except (OSError, OverflowError):
        return b"ERR"
    return line.removesuffix(b"\n") if line.endswith(b"\n") else b"ERR"


def _shut(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
