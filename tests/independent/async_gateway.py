"""Independent solution of async_gateway, written from statement and stub alone.

Plain non-blocking sockets are used with the event loop: their `close` takes effect at once, so a
turn is never given on while the connection that had it is still open.
"""

import asyncio
import contextlib
import errno
import socket
import threading
from collections import deque

_LONGEST_LINE = 1000
_RECEIVE = 4096
_LINES_AHEAD = 64  # more lines of one client are left in the kernel
_PAUSE_S = 0.02  # when there are no more files
_LINGER_S = 1.0
_NO_ANSWER = b"-"


class _Turns:
    """At most `limit` have a turn at once; others wait, first come, first served."""

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give()  # it had become ours already
            raise

    def give(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


async def _open_socket(host: str) -> socket.socket:
    """Make a socket; wait if there are too many files open just now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
            await asyncio.sleep(_PAUSE_S)
        else:
            sock.setblocking(False)
            return sock


async def _question(backend: tuple[str, int], line: bytes) -> bytes:
    """Ask one backend; OSError if it can not be reached or breaks off."""
    loop = asyncio.get_running_loop()
    with await _open_socket(backend[0]) as sock:
        await loop.sock_connect(sock, backend)
        await loop.sock_sendall(sock, line + b"\n")
        answer = b""
        while chunk := await loop.sock_recv(sock, _RECEIVE):
            answer, end, _ = (answer + chunk).partition(b"\n")
            if len(answer) > _LONGEST_LINE or b"|" in answer:
                break
            if end:
                return answer
        return _NO_ANSWER


class _Service:
    """What one start of the gateway needs; all but `request_stop` runs on its thread."""

    def __init__(
        self,
        backends: list[tuple[str, int]],
        timeout_s: float,
        max_inflight: int,
        listener: socket.socket,
    ) -> None:
        self._backends = backends
        self._timeout_s = timeout_s
        self._turns = _Turns(max_inflight)
        self._listener = listener
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._clients: set[asyncio.Task[None]] = set()

    def run(self) -> None:
        try:
            self._loop.run_until_complete(self._main())
        finally:
            self.close()

    def close(self) -> None:
        self._loop.close()
        self._listener.close()

    def request_stop(self) -> None:
        """Make `run` come to its end; may be called on any thread."""
        self._loop.call_soon_threadsafe(self._stopping.set)

    async def _main(self) -> None:
        self._loop.add_reader(self._listener, self._accept)
        try:
            await self._stopping.wait()
        finally:
            self._loop.remove_reader(self._listener)
            self._listener.close()
            clients = list(self._clients)
            for client in clients:
                client.cancel()
            await asyncio.gather(*clients, return_exceptions=True)

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionError):
            return
        except OSError:  # no more files: try again when some may have been closed
            self._loop.remove_reader(self._listener)
            self._loop.call_later(_PAUSE_S, self._accept_again)
            return
        sock.setblocking(False)
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = self._loop.create_task(self._serve(sock))
        self._clients.add(client)
        # Not inside the task: one that is cancelled before its first step would not get there.
        client.add_done_callback(lambda _: sock.close())
        client.add_done_callback(self._clients.discard)

    def _accept_again(self) -> None:
        if not self._stopping.is_set():
            self._loop.add_reader(self._listener, self._accept)

    async def _serve(self, sock: socket.socket) -> None:
        """Serve a client until it leaves, or has to go."""
        lines: asyncio.Queue[bytes | None] = asyncio.Queue(_LINES_AHEAD)
        parts = [
            self._loop.create_task(self._listen(sock, lines)),
            self._loop.create_task(self._answer_all(sock, lines)),
        ]
        try:
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for part in parts:
                part.cancel()
            await asyncio.gather(*parts, return_exceptions=True)

    async def _listen(self, sock: socket.socket, lines: "asyncio.Queue[bytes | None]") -> None:
        """Pass on the client's lines, None for one that is too long; return when it leaves."""
        rest = b""
        broken = False
        with contextlib.suppress(OSError):
            while chunk := await self._loop.sock_recv(sock, _RECEIVE):
                if not broken:
                    *complete, rest = (rest + chunk).split(b"\n")
                    for line in complete:
                        if len(line) > _LONGEST_LINE:
                            broken = True
                            break
                        await lines.put(line)
                    if broken or len(rest) > _LONGEST_LINE:
                        broken = True
                        await lines.put(None)
                await asyncio.sleep(0)  # sock_recv does not, as long as there is something

    async def _answer_all(
        self, sock: socket.socket, lines: "asyncio.Queue[bytes | None]"
    ) -> None:
        """Answer one line after the other; return after one that is too long."""
        with contextlib.suppress(OSError):
            while (line := await lines.get()) is not None:
                answer = await self._answer(line)
                await self._loop.sock_sendall(sock, answer + b"\n")
            # To close at once, with bytes not yet received, would take away answers under way.
            sock.shutdown(socket.SHUT_WR)
            await asyncio.sleep(_LINGER_S)

    async def _answer(self, line: bytes) -> bytes:
        deadline = self._loop.time() + self._timeout_s
        async with asyncio.TaskGroup() as group:
            questions = [
                group.create_task(self._ask(backend, line, deadline))
                for backend in self._backends
            ]
        return b"|".join(question.result() for question in questions)

    async def _ask(self, backend: tuple[str, int], line: bytes, deadline: float) -> bytes:
        try:
            async with asyncio.timeout_at(deadline):
                await self._turns.take()
                try:
                    return await _question(backend, line)
                finally:
                    self._turns.give()
        except (OSError, OverflowError):  # TimeoutError is an OSError; overflow: no such port
            return _NO_ANSWER


class AsyncGateway:
    """Pass each line of a client on to all backends and answer with all their answers.

    The answer is one line: what each backend answered, in the order of the backends, joined by
    "|"; "-" for one that gave no answer in time. All work is done on one background thread.
    """

    def __init__(
        self, backends: list[tuple[str, int]], timeout_ms: int, max_inflight: int
    ) -> None:
        """Make a gateway to these backends (address, port).

        A client's line is answered timeout_ms after it was read at the latest. At most
        max_inflight questions to backends are under way at once, for all clients together.
        Raises ValueError when there is no backend, or a number is below 1.
        """
        if not backends:
            raise ValueError("there must be a backend")
        if min(timeout_ms, max_inflight, *(port for _, port in backends)) < 1:
            raise ValueError("all numbers must be at least 1")
        self._backends = list(backends)
        self._timeout_s = timeout_ms / 1000
        self._max_inflight = max_inflight
        self._lock = threading.Lock()
        self._service: _Service | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, serve in the background, and return the port.

        Raises RuntimeError when the gateway is running.
        """
        with self._lock:
            if self._thread is not None:
                raise RuntimeError("the gateway is running")
            with contextlib.ExitStack() as undo:
                listener = undo.enter_context(
                    socket.create_server(("127.0.0.1", 0), backlog=1024)
                )
                listener.setblocking(False)
                port = listener.getsockname()[1]
                service = _Service(
                    self._backends, self._timeout_s, self._max_inflight, listener
                )
                undo.callback(service.close)
                thread = threading.Thread(target=service.run, name="gateway", daemon=True)
                thread.start()
                undo.pop_all()
            self._service, self._thread = service, thread
            return port

    def stop(self) -> None:
        """Close the port and all connections, end all work and the thread.

        Without effect when the gateway is not running. It can be started again afterwards.
        """
        with self._lock:
            if self._service is None or self._thread is None:
                return
            self._service.request_stop()
            self._thread.join()
            self._service = self._thread = None
