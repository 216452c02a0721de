"""Workers as plain child processes, for the portable engine. Clocks come from psutil."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Any

import psutil

from graders.judge.engines import engine_environment
from graders.judge.facts import Fact
from graders.judge.records import Exit
from graders.judge.sandbox import Options
from graders.model import Status
from graders.phrases import phrase
from graders.scratch import Scratch

_READY_S = 30.0  # an interpreter's start on a machine that is very busy


class PortableRunner:
    """Implements runner.Runner."""

    def __init__(self, options: Options) -> None:
        self.options, self.fine_clock = options, sys.platform != "win32"
        self.channel = socket.socket()
        self._process: subprocess.Popen[bytes] | None = None
        self._box = ""
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - one per worker
        self._answer: IO[bytes] | None = None  # a program's standard output
        self._work = -1

    def start(self) -> None:
        """Start an interpreter and wait for its hello."""
        if not self._box:
            self._scratch = Scratch()
            self._box = self._scratch.path
            Path(self._box, "work").mkdir()
        self._output.close()
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        if self._answer:
            self._answer.close()
        if self.options["program"]:
            self._answer = tempfile.TemporaryFile()  # noqa: SIM115
        token = secrets.token_bytes(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(_READY_S)
            environment = engine_environment() | {"PYTHONHASHSEED": "0", "TMPDIR": self._box,
                                                  "HOME": self._box, "OMP_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-m", "graders.judge.portable_worker"],
                stdin=subprocess.PIPE, stdout=self._answer or self._output, stderr=self._output,
                env=environment, cwd=self._box)
            plain = {**self.options, "box": self._box, "filter": ""}
            told = {"options": plain, "filter": self.options["filter"].hex(),
                    "port": server.getsockname()[1], "token": token.hex(), "parent": os.getpid()}
            assert self._process.stdin is not None
            try:
                self._process.stdin.write(json.dumps(told).encode() + b"\n")
                self._process.stdin.close()
                self.channel, _ = server.accept()
                self.channel.settimeout(_READY_S)
                hello = self._receive(len(token) + 1)
            except OSError as error:
                raise Fact(Status.JUDGE_ERROR,
                           phrase("a worker did not start ({error})", error=error)) from error
        if hello != token + b"!":
            raise Fact(Status.JUDGE_ERROR, phrase(
                "a worker died while locking itself down: {text}", text=self.output(300)[1]))
        self.channel.setblocking(False)

    def _receive(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self.channel.recv(size - len(data))
            if not piece:
                break
            data += piece
        return data

    def _handle(self) -> psutil.Process:
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def cpu_s(self) -> float:
        """Return the CPU seconds of the worker and, where declared, of its children."""
        assert self._process is not None
        if sys.platform == "linux" and not self.options["processes"]:
            from graders.judge import kernel

            return kernel.cpu_clock(self._process.pid)  # nanoseconds; psutil counts ticks
        worker = self._handle()
        spent_s = _spent_s(worker)
        for each in worker.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # it was reaped meanwhile
                spent_s += _spent_s(each)
        return spent_s

    def queued_s(self) -> float:
        """Return the longest wait for a processor, where the system tells it (Linux)."""
        waited_ns = 0
        assert self._process is not None
        for path in Path(f"/proc/{self._process.pid}/task").glob("*/schedstat"):
            try:
                waited_ns = max(waited_ns, int(path.read_text().split()[1]))
            except (OSError, IndexError):
                continue  # the thread has ended
        return waited_ns / 1e9

    def held(self) -> bool:
        """Whether a signal has stopped it."""
        try:
            return bool(self._handle().status() in (psutil.STATUS_STOPPED,
                                                    psutil.STATUS_TRACING_STOP))
        except psutil.Error:
            return False

    def ended(self) -> bool:
        """Whether it is over; it is reaped later, or its clock would be gone."""
        try:
            return bool(self._handle().status() == psutil.STATUS_ZOMBIE)
        except psutil.Error:
            return True

    def finish(self, keep_box: bool) -> Exit:
        """Kill the worker and everything below it, wait, empty the box."""
        assert self._process is not None
        peak_mib = cpu_s = 0.0
        try:
            peak_mib, cpu_s = self.status()["peak_mib"], self.cpu_s()
            for child in self._handle().children(recursive=True):
                child.kill()
        except (psutil.Error, OSError):
            pass  # it is gone already: a zombie has no memory left to ask for
        ended = self._process.poll()
        self._process.kill()
        code = self._process.wait() if ended is None else ended
        self.channel.close()
        if not keep_box:
            with contextlib.suppress(OSError, subprocess.CalledProcessError):
                self._scratch.remove()  # on Windows a handle may keep it
            self._box = ""
        number = -code if code < 0 else 0
        if ended is None and number == signal.SIGTERM:
            number = 9
        return Exit(cpu_s, peak_mib, number, max(code, 0))

    def output(self, tail: int) -> tuple[int, str]:
        """Return the size and the tail of what was printed."""
        size, data = _read(self._output, tail, from_end=True)
        return size, data.decode("utf-8", "replace")

    def answer(self, most: int) -> tuple[int, bytes]:
        """Return the size of a program's standard output, and at most `most` bytes of it."""
        return (0, b"") if self._answer is None else _read(self._answer, most, from_end=False)

    def status(self) -> dict[str, Any]:
        """Return pid, threads, children and peak memory."""
        each = self._handle()
        memory = each.memory_info()
        peak = getattr(memory, "peak_wset", 0) or _high_water(each.pid) or memory.rss
        return {"pid": each.pid, "threads": each.num_threads(),
                "children": len(each.children(recursive=True)), "peak_mib": peak / (1 << 20)}

    def workdir(self) -> tuple[str, int]:
        """Return the work directory's path, and a descriptor of it where the system has them."""
        path = f"{self._box}/work"
        if hasattr(os, "O_DIRECTORY"):
            self._work = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        return path, self._work

    def close_workdir(self) -> None:
        """Close that descriptor."""
        if self._work >= 0:
            os.close(self._work)
            self._work = -1

    def start_clerk(self) -> socket.socket | None:
        """Return None: the worker's files are in reach here as they are there."""
        return None

    def clerk_s(self) -> float:
        """Return 0: there is none."""
        return 0.0

    def as_owner(self) -> AbstractContextManager[None]:
        """Return a context that changes nothing: the worker is the same user."""
        return nullcontext()


def _read(file: IO[bytes], most: int, from_end: bool) -> tuple[int, bytes]:
    """Return a file's size and at most `most` bytes of its begin or end."""
    size = os.fstat(file.fileno()).st_size
    if not size:
        return 0, b""
    with open(os.dup(file.fileno()), "rb") as copy:
        copy.seek(max(0, size - most) if from_end else 0)
        return size, copy.read(most)


def _spent_s(process: psutil.Process) -> float:
    """Return the CPU seconds of a process, and of children it has waited for (not on Windows)."""
    times = process.cpu_times()
    reaped = getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    return float(times.user + times.system + reaped)


def _high_water(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status") as lines:
            return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0
