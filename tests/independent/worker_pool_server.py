"""Independent solution of worker_pool_server, written from statement and stub alone.

Nobody blocks in a call on a socket: all sockets are non-blocking, and a worker that can do nothing
waits in poll() for what it needs *and* for its control socket, so that it can always be stopped.

With processes, start() forks a supervisor, which forks the workers and replaces those that end.
It lets go of all files it has inherited at once; otherwise a copy of a client's socket, if clients
live in the process of the server, would hide from the worker that the client has closed it.
"""

import errno
import gc
import os
import resource
import select
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

_HOST = "127.0.0.1"
_BACKLOG = 1024
_CHUNK = 1 << 16
_MAX_LINE = 1000  # bytes of a line, its LF not counted
_MAX_PASSED_ON = 1 << 20  # bytes of a line that WAIT passes on
_MAX_AHEAD = 1 << 22  # bytes read while a client does not take its answers
_MAX_SUM = 10**6
_PAUSE_MS = 50  # before trying again what the system refused
_ERR = b"ERR"


class _Stopped(Exception):
    """The worker is to end."""


class _ClientGone(Exception):
    """The client broke down while its worker waited for something else."""


def _wait(control: int, wanted: dict[int, int], timeout_ms: int | None = None) -> dict[int, int]:
    """Wait for poll events of files; raise _Stopped when there is something on `control`."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    for file, events in wanted.items():
        poll.register(file, events)
    got = dict(poll.poll(timeout_ms))
    if control in got:
        raise _Stopped
    return got


def _close(sock: socket.socket) -> None:
    """End a connection, or listening, even if another process has a copy of the socket."""
    with suppress(OSError):  # it has ended already
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()


class _Client:
    """A connection to a client."""

    def __init__(self, sock: socket.socket, control: int) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self._control = control
        self._received = bytearray()
        self._ended = False

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the client, without LF; one that is too long is cut short."""
        too_long = b""  # the begin of a line that is too long and whose rest is still to come
        while True:
            end = self._received.find(b"\n")
            if end >= 0:
                line = too_long or bytes(self._received[:end])
                too_long = b""
                del self._received[: end + 1]
                yield line
                continue
            if len(self._received) > _MAX_LINE:
                too_long = too_long or bytes(self._received[: _MAX_LINE + 1])
                self._received.clear()
            if self._ended:
                return
            _wait(self._control, {self.sock.fileno(): select.POLLIN})
            self._receive()

    def send(self, data: bytes) -> None:
        """Send all of `data`; what the client sends meanwhile is kept for later."""
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self.sock.send(rest) :]
            except BlockingIOError:
                events = select.POLLOUT
                if not self._ended and len(self._received) < _MAX_AHEAD:
                    events |= select.POLLIN
                got = _wait(self._control, {self.sock.fileno(): events})
                if got.get(self.sock.fileno(), 0) & events & select.POLLIN:
                    self._receive()

    def _receive(self) -> None:
        try:
            data = self.sock.recv(_CHUNK)
        except BlockingIOError:
            return
        self._received += data
        self._ended = not data


class _Worker:
    """Serves one client after the other until there is something on its control socket."""

    def __init__(self, listener: socket.socket, control: int, is_process: bool) -> None:
        self._listener = listener
        self._control = control
        self._is_process = is_process

    def run(self) -> None:
        """Work until stopped."""
        try:
            while True:
                self._serve(self._accept())
        except _Stopped:
            pass

    def _accept(self) -> socket.socket:
        while True:
            _wait(self._control, {self._listener.fileno(): select.POLLIN})
            try:
                return self._listener.accept()[0]
            except BlockingIOError:
                pass  # another worker was faster
            except OSError:  # the client has given up, or there are too many open files
                _wait(self._control, {}, _PAUSE_MS)

    def _serve(self, sock: socket.socket) -> None:
        try:
            client = _Client(sock, self._control)
            for line in client.lines():
                client.send(self._answer(line, client) + b"\n")
        except (OSError, _ClientGone):
            pass  # the client broke down
        finally:
            _close(sock)

    def _answer(self, line: bytes, client: _Client) -> bytes:
        """Return the answer to a line, without LF."""
        if len(line) > _MAX_LINE:
            return _ERR
        match [word for word in line.split(b" ") if word]:
            case [b"PID"]:
                return b"%d" % os.getpid()
            case [b"TID"]:
                return b"%d" % threading.get_native_id()
            case [b"SUM", digits] if digits.isdigit() and int(digits) <= _MAX_SUM:
                return b"%d" % (int(digits) * (int(digits) + 1) // 2)
            case [b"WAIT", digits] if digits.isdigit() and 1 <= int(digits) <= 65535:
                return self._line_from(int(digits), client)
            case [b"DIE"] if self._is_process:
                os._exit(0)
        return _ERR

    def _line_from(self, port: int, client: _Client) -> bytes:
        """Return the first line that comes from a port, ERR if none does."""
        try:
            peer = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        except OSError:
            return _ERR
        try:
            peer.setblocking(False)
            failure = peer.connect_ex((_HOST, port))
            if failure == errno.EINPROGRESS:
                self._wait_for(peer, select.POLLOUT, client)
                failure = peer.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            # A socket can happen to get the very port that it connects to, and reach itself.
            if failure or peer.getsockname() == peer.getpeername():
                return _ERR
            received = bytearray()
            while len(received) <= _MAX_PASSED_ON:
                self._wait_for(peer, select.POLLIN, client)
                data = peer.recv(_CHUNK)
                if not data:
                    return _ERR
                received += data
                if b"\n" in data:
                    return bytes(received[: received.index(b"\n")])
            return _ERR
        except OSError:
            return _ERR
        finally:
            _close(peer)

    def _wait_for(self, peer: socket.socket, events: int, client: _Client) -> None:
        """Wait for events of `peer`; raise _ClientGone if the client breaks down meanwhile.

        A client that has ended its side may still read, so that is no reason to give up.
        """
        wanted = {peer.fileno(): events, client.sock.fileno(): 0}
        while True:
            got = _wait(self._control, wanted)
            if client.sock.fileno() in got:
                if client.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise _ClientGone
                del wanted[client.sock.fileno()]
            if peer.fileno() in got:
                return


class _Supervisor:
    """Lives in a process of its own: keeps so many worker processes at work until it is told."""

    def __init__(self, listener: socket.socket, control: socket.socket, workers: int) -> None:
        self._listener = listener
        self._control = control
        self._workers = workers
        # Worker processes by our end of a socket pair. When either side ends, the other is told.
        self._crew: dict[socket.socket, int] = {}

    def run(self) -> None:
        """Work until there is something on the control socket; leave no worker behind."""
        self._forget_parent()
        try:
            while len(self._crew) < self._workers:
                self._hire()
            self._control.send(b"+")
            while True:
                wanted = {line.fileno(): select.POLLIN for line in self._crew}
                is_short = len(self._crew) < self._workers
                got = _wait(self._control.fileno(), wanted, _PAUSE_MS if is_short else None)
                for line in [line for line in self._crew if line.fileno() in got]:
                    self._dismiss(line)
                try:
                    while len(self._crew) < self._workers:
                        self._hire()
                except OSError:
                    pass  # the system has no process for us; try again soon
        except _Stopped:
            pass
        finally:
            for line in list(self._crew):
                self._dismiss(line)

    def _forget_parent(self) -> None:
        """Let go of what was inherited: files, signal handlers, objects that own files."""
        gc.disable()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        keep = {0, 1, 2, self._listener.fileno(), self._control.fileno()}
        for file in set(range(resource.getrlimit(resource.RLIMIT_NOFILE)[0])) - keep:
            with suppress(OSError):  # most are not open
                os.close(file)

    def _hire(self) -> None:
        """Fork a worker."""
        ours, theirs = socket.socketpair()
        try:
            pid = os.fork()
        except OSError:
            ours.close()
            theirs.close()
            raise
        if pid == 0:
            try:
                for sock in (ours, self._control, *self._crew):
                    sock.close()
                _Worker(self._listener, theirs.fileno(), True).run()
            finally:
                os._exit(0)
        theirs.close()
        self._crew[ours] = pid

    def _dismiss(self, line: socket.socket) -> None:
        """End a worker, if it has not ended, and reap it."""
        pid = self._crew.pop(line)
        os.kill(pid, signal.SIGKILL)  # not reaped yet, so nobody else has its number
        os.waitpid(pid, 0)
        line.close()


class PoolServer:
    """Serve lines to as many clients at once as there are workers; further ones wait.

    A client sends lines, each ended by LF, and gets one line for each, in order:

        PID          the worker's process id
        TID          the worker's thread id (threading.get_native_id)
        SUM n        1 + 2 + … + n, for digits n
        WAIT port    connect to 127.0.0.1:port, wait for a line from there, and pass it on;
                     ERR if that fails
        DIE          "process": the worker process ends at once, without an answer; "thread": ERR
        other lines  ERR

    A worker serves one client until that one has no more lines, then the next one.
    """

    def __init__(self, mode: str, workers: int) -> None:
        """Make a server of so many workers that are threads ("thread") or processes ("process").

        Raises ValueError for another mode and for less than one worker.
        """
        if mode not in ("thread", "process"):
            raise ValueError(f"unknown mode {mode!r}")
        if workers < 1:
            raise ValueError(f"at least one worker is needed, not {workers}")
        self._mode = mode
        self._workers = workers
        self._lock = threading.Lock()  # held by start and stop
        self._listener: socket.socket | None = None  # None if the server is not running
        self._control: tuple[socket.socket, socket.socket] | None = None  # our end, the workers'
        self._threads: list[threading.Thread] = []
        self._supervisor: int | None = None

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, start the workers, and return the port.

        Raises RuntimeError when the server is running.
        """
        with self._lock:
            if self._listener is not None:
                raise RuntimeError("the server is running")
            self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                self._listener.setblocking(False)
                self._listener.bind((_HOST, 0))
                self._listener.listen(_BACKLOG)
                self._control = socket.socketpair()
                if self._mode == "thread":
                    self._start_threads(self._listener, self._control[1])
                else:
                    self._start_processes(self._listener, *self._control)
                return self._listener.getsockname()[1]
            except BaseException:
                self._end()
                raise

    def stop(self) -> None:
        """Close the port and all connections and end all workers, whatever they wait for.

        No thread, process or file is left. Without effect when the server is not running; it can
        be started again afterwards.
        """
        with self._lock:
            self._end()

    def _start_threads(self, listener: socket.socket, control: socket.socket) -> None:
        for _ in range(self._workers):
            worker = _Worker(listener, control.fileno(), False)
            thread = threading.Thread(target=worker.run, daemon=True)
            thread.start()
            self._threads.append(thread)

    def _start_processes(
        self, listener: socket.socket, ours: socket.socket, theirs: socket.socket
    ) -> None:
        pid = os.fork()
        if pid == 0:
            try:
                _Supervisor(listener, theirs, self._workers).run()
            finally:
                os._exit(0)
        self._supervisor = pid
        theirs.close()
        if ours.recv(1) != b"+":
            raise OSError("the worker processes could not be started")

    def _end(self) -> None:
        """Undo as much of start() as was done; the lock is held."""
        if self._control is not None:
            with suppress(OSError):  # the supervisor has ended already
                self._control[0].send(b"-")  # stays there, so that all threads see it
        for thread in self._threads:
            thread.join()
        self._threads = []
        if self._supervisor is not None:
            with suppress(ChildProcessError):  # somebody else has reaped it
                os.waitpid(self._supervisor, 0)
            self._supervisor = None
        for sock in self._control or ():
            sock.close()
        self._control = None
        if self._listener is not None:
            _close(self._listener)
            self._listener = None
