"""Counts the questions of each client for itself."""

import asyncio
from concurrent.futures import Future
from threading import Thread

LONGEST = 1_000  # bytes of a line, without its LF
AHEAD = 16  # lines read from a client before it gets their answers

Address = tuple[str, int]


class AsyncGateway:
    """Pass each line of a client on to all backends and answer with all their answers."""

    def __init__(self, backends: list[Address], timeout_ms: int, max_inflight: int) -> None:
        """Make a gateway to these backends, which may be asked max_inflight things at once."""
        if not backends or timeout_ms < 1 or max_inflight < 1:
            raise ValueError("backends, timeout_ms and max_inflight are 1 or more")
        self._backends = list(backends)
        self._timeout_s = timeout_ms / 1_000
        self._max_inflight = max_inflight
        self._thread: Thread | None = None

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, serve in the background, and return the port."""
        if self._thread is not None:
            raise RuntimeError("the gateway is running")
        started: Future[int] = Future()
        self._thread = Thread(target=asyncio.run, args=(self._main(started),), daemon=True)
        self._thread.start()
        return started.result()

    def stop(self) -> None:
        """Close port and connections and end the thread; without effect if not running."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
            self._thread = None

    async def _main(self, started: "Future[int]") -> None:
        """Serve until told to stop; leaving `asyncio.run` cancels and awaits what is under way."""
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._turns = asyncio.Semaphore(self._max_inflight)
        self._clients = set[asyncio.Task[None]]()
        server = await asyncio.start_server(
            self._welcome, "127.0.0.1", 0, limit=LONGEST, backlog=1_024
        )
        started.set_result(server.sockets[0].getsockname()[1])
        await self._stopping.wait()
        server.close()

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin a client's task; a loop holds tasks weakly, so somebody else has to."""
        task = asyncio.create_task(self._serve(reader, writer))
        self._clients.add(task)
        task.add_done_callback(self._clients.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read a client's lines while another task answers them; both end when one of them does."""
        lines: asyncio.Queue[bytes] = asyncio.Queue(AHEAD)
        turns = asyncio.Semaphore(self._max_inflight)
        try:
            async with asyncio.TaskGroup() as group:
                answering = group.create_task(self._answer_all(lines, writer, turns))
                while (line := await reader.readline()).endswith(b"\n"):
                    await lines.put(line)
                answering.cancel()  # the client has left: nobody waits for this any more
        except* (ConnectionError, ValueError):
            pass  # it broke down, or sent a line that is too long
        finally:
            writer.close()

    async def _answer_all(self, lines: "asyncio.Queue[bytes]", writer: asyncio.StreamWriter,
                          turns: asyncio.Semaphore) -> None:
        while True:
            line = await lines.get()
            deadline = self._loop.time() + self._timeout_s
            answers = [self._ask(backend, line, deadline, turns) for backend in self._backends]
            writer.write(b"|".join(await asyncio.gather(*answers)) + b"\n")
            await writer.drain()

    async def _ask(self, backend: Address, line: bytes, deadline: float,
                   turns: asyncio.Semaphore) -> bytes:
        """Return a backend's answer; "-" if none comes by the deadline that is one."""
        try:
            async with asyncio.timeout_at(deadline), turns:
                reader, writer = await asyncio.open_connection(*backend, limit=LONGEST)
                try:
                    writer.write(line)
                    answer = await reader.readuntil(b"\n")
                finally:
                    writer.close()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return b"-"  # a TimeoutError is an OSError
        return b"-" if b"|" in answer else answer[:-1]
