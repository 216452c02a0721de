"""A service as a child process for the portable engine: fresh for each test, not sandboxed."""

from __future__ import annotations

import socket
import sys

import psutil

from graders.judge.facts import Fact
from graders.judge.records import Exit
from graders.judge.sandbox import Options
from graders.model import Status
from graders.services.local import LocalService


class PortableServiceRunner:
    """Implements runner.ServiceRunner."""

    def __init__(self, options: Options) -> None:
        self.options, self.kind, self.port = options, options["service"], 0
        self.channel = self.events = socket.socket()
        self._service: LocalService | None = None
        self._used_s = 0.0

    def start(self) -> None:
        """Start it. Raises Fact(JUDGE_ERROR) where none can be."""
        url, run = self.options["upstream"]
        try:
            service = self._service = LocalService(self.kind, (url, run))
        except OSError as error:
            raise Fact(Status.JUDGE_ERROR, str(error)) from error
        self._used_s = 0.0
        self.port, self.channel, self.events = service.port, service.control, service.events
        self.channel.setblocking(False)

    def cpu_s(self) -> float:
        """Return its CPU seconds; of one that is gone, the last that were known."""
        assert self._service is not None
        pid = self._service.process.pid
        try:
            if sys.platform == "linux":
                from graders.judge import kernel

                self._used_s = kernel.cpu_clock(pid)
            else:
                times = psutil.Process(pid).cpu_times()
                self._used_s = times.user + times.system
        except (OSError, psutil.Error):
            pass  # it has ended, and that is what decides
        return self._used_s

    def queued_s(self) -> float:
        """Return 0: nothing here tells how long it waited for a processor."""
        return 0.0

    def ended(self) -> bool:
        """Whether it is over."""
        assert self._service is not None
        return self._service.process.poll() is not None

    def output(self, tail: int) -> tuple[int, str]:
        """Return the last line that it printed."""
        assert self._service is not None
        words = self._service.words()
        return len(words), words[-tail:]

    def finish(self, keep_box: bool) -> Exit:
        """End it; return how it ended."""
        assert self._service is not None
        used_s, peak_mib = self.cpu_s(), 0.0
        if not self.ended():
            peak_mib = psutil.Process(self._service.process.pid).memory_info().rss / (1 << 20)
        code = self._service.process.poll() or 0
        self._service.close()
        return Exit(used_s, peak_mib, max(0, -code), max(0, code))
