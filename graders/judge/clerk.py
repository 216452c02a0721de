"""The judge child's line to the clerk of the current test: the suite's look at a database.

A database is a file of the learner's, so nobody but a process in the learner's own sandbox opens
it. The clerk never loads a submission, but what it reads may be hostile, it shares a process
namespace with the worker, and so its answers are capped and its end is put down to the learner.
"""

from __future__ import annotations

import select
import socket
import time
from typing import Any

from graders.judge import wire
from graders.judge.facts import Fact
from graders.judge.runner import Runner
from graders.kit.inside.ops import OPS
from graders.model import Status
from graders.phrases import phrase

CPU_S, SILENT_S = 10.0, 8.0  # for one request; SQLite waits for a lock for 5 s at most
_LOOK_S = 0.1


class Clerk:
    """Starts at the first request of a test; `close` at every end of a worker."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._line: socket.socket | None = None
        self._codec = wire.Codec(lambda value: None, _refuse)

    def ask(self, name: str, *arguments: Any) -> tuple[str, Any]:
        """Carry out a request; return ("ok", value) or ("error", text). Raises Fact."""
        if self._line is None:
            self._line = self._runner.start_clerk()
        if self._line is None:
            try:
                return "ok", OPS[name](*arguments)
            except Exception as error:
                return "error", f"{type(error).__name__}: {error}"
        return self._asked(self._line, ("op", name, arguments))

    def close(self) -> None:
        """Forget it: the process ends with the worker's."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _asked(self, line: socket.socket, message: Any) -> tuple[str, Any]:
        bounds = _Bounds(self._runner)
        self._send(line, wire.frame(self._codec.dumps(message)), bounds)
        size = int.from_bytes(self._exactly(line, 4, bounds), "little")
        try:
            if size > wire.FRAME_CAP:
                raise wire.TooMuch(f"{size >> 20} MiB")
            reply = self._codec.loads(self._exactly(line, size, bounds))
        except wire.TooMuch as error:
            raise Fact(Status.OUTPUT_LIMIT, phrase(
                "what stands in the database is too much to be looked at: {text}",
                text=error)) from error
        except wire.ProtocolError as error:
            raise _ended() from error
        match reply:
            case ("ok", value):
                return "ok", value
            case ("raise", [str(kind), *_], (text, *_), _):
                return "error", f"{kind}: {text}"
            case ("raise", [str(kind), *_], _, _):
                return "error", kind
            case ("toomuch", str(text)):
                return "error", text
        raise _ended()

    def _send(self, line: socket.socket, data: bytes, bounds: _Bounds) -> None:
        left = memoryview(data)
        while left:
            try:
                left = left[line.send(left):]
            except BlockingIOError:
                self._wait(line, bounds, to_send=True)
            except OSError as error:
                raise _ended() from error

    def _exactly(self, line: socket.socket, size: int, bounds: _Bounds) -> bytes:
        data = bytearray()
        while len(data) < size:
            try:
                piece = line.recv(min(size - len(data), 1 << 20))
            except BlockingIOError:
                self._wait(line, bounds, to_send=False)
                continue
            except OSError:
                piece = b""
            if not piece:
                raise _ended()
            data += piece
        return bytes(data)

    def _wait(self, line: socket.socket, bounds: _Bounds, *, to_send: bool) -> None:
        select.select([] if to_send else [line], [line] if to_send else [], [], _LOOK_S)
        bounds.check()


class _Bounds:
    """What one request may take: so much CPU, and so long without any."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._first_s = self._used_s = runner.clerk_s()
        self._since_s = time.monotonic()

    def check(self) -> None:
        """Raise Fact where it has taken too long."""
        used_s, now_s = self._runner.clerk_s(), time.monotonic()
        if used_s > self._used_s:
            self._used_s, self._since_s = used_s, now_s
        if used_s - self._first_s > CPU_S or now_s - self._since_s > SILENT_S:
            raise Fact(Status.TIME_LIMIT, phrase(
                "the look at the database takes too long: it is locked, or holds too much"))


def _ended() -> Fact:
    return Fact(Status.CRASHED, phrase("ended the process by which the suite looks at the "
                                       "database"))


def _refuse(kind: str, payload: object) -> object:
    raise wire.ProtocolError(f"unexpected reference {kind}")
