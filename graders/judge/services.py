"""The services beside one test's worker: started before it, asked by the suite, ended after it.

What a service costs is the submission's: its CPU joins the worker's on the test's clock, its
memory has a limit of its own. A service that died decides the test, whatever the suite caught:
by the limit that it had reached, as the learner's doing, else as a fault of the judge.
"""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from graders.judge.facts import Fact
from graders.judge.records import Exit
from graders.judge.runner import ServiceRunner
from graders.model import Status
from graders.phrases import phrase
from graders.services import frames

MEMORY_MIB = 256  # of one service; an empty one has some 60, most of it shared
# Soft and hard limit are one: Linux sends SIGKILL then, others SIGXCPU.
_BY_LIMIT = (signal.SIGTERM if not hasattr(signal, "SIGKILL") else signal.SIGKILL,
             getattr(signal, "SIGXCPU", signal.SIGTERM))
_LOOK_S = 0.05
_SILENT_S = 20.0  # wall time without CPU: it never sleeps while a request is open


class Services:
    """All services of one judge child."""

    def __init__(self, runners: Sequence[ServiceRunner]) -> None:
        self.runners = {each.kind: each for each in runners}
        self._bases_s: dict[str, float] = {}
        self._alive = False
        self.asked: set[str] = set()  # kinds that the suite has spoken to in this test

    def start(self) -> None:
        """Start a fresh process of each. Raises Fact(JUDGE_ERROR)."""
        self.asked.clear()
        self._bases_s.clear()
        for each in self.runners.values():
            each.start()
            self._bases_s[each.kind] = each.cpu_s()
        self._alive = True

    def cpu_s(self) -> float:
        """Return their CPU seconds in this test, by the kernel's clock."""
        if not self._alive:
            return 0.0
        return sum(each.cpu_s() - self._bases_s[each.kind] for each in self.runners.values())

    def queued_s(self) -> float:
        """Return the seconds that they waited for a processor."""
        return sum(each.queued_s() for each in self.runners.values()) if self._alive else 0.0

    def events(self) -> list[socket.socket]:
        """Return the lines on which a watched service asks."""
        return [each.events for each in self.runners.values()] if self._alive else []

    def url(self, kind: str) -> tuple[str, int]:
        """Return host and port of a service. KeyError: the kata declares none of this kind."""
        return "127.0.0.1", self.runners[kind].port

    def ask(self, kind: str, message: Sequence[Any],
            wait: Callable[[ServiceRunner], None]) -> tuple[str, Any]:
        """Send a request of the suite's; return ("ok", value) or ("error", text).

        `wait(runner)` returns when the service may have answered, and raises what ends the test.
        Raises Fact where the service is dead, or says what is no answer.
        """
        runner = self.runners[kind]
        self.asked.add(kind)
        _send(runner, frames.encode(message), wait)
        match _receive(runner, wait):
            case ["ok", value]:
                return "ok", value
            case ["error", str(text)]:
                return "error", text
        raise Fact(Status.JUDGE_ERROR, phrase("the {kind} service broke the protocol", kind=kind))

    def _leave_real_servers(self) -> None:
        """Have what stands in front of a real server give back what it made there."""
        patience = Patience(self, float("inf"))

        def wait(runner: ServiceRunner) -> None:
            patience.check(runner.kind)
            select.select([runner.channel], [], [], _LOOK_S)

        for each in self.runners.values():
            if any(each.options["upstream"]) and not each.ended():
                with contextlib.suppress(Fact, Gone):  # what stays behind, the next run sweeps
                    self.ask(each.kind, ("end",), wait)

    def finish(self) -> Fact | None:
        """End them all; return the fact that one was dead already, or used too much memory."""
        found: Fact | None = None
        if not self._alive:
            return None
        self._leave_real_servers()
        for each in self.runners.values():
            dead = each.ended()
            words = each.output(300)[1].strip()
            fact = _fact(each, dead, each.finish(keep_box=False), words)
            found = fact if found is None or (fact and fact.status is Status.JUDGE_ERROR) else found
        self._alive = False
        return found


class Gone(Exception):
    """The service's end of its line is closed: how it ended decides, at the end of the test."""


def _send(runner: ServiceRunner, data: bytes, wait: Callable[[ServiceRunner], None]) -> None:
    left = memoryview(data)
    while left:
        try:
            left = left[runner.channel.send(left):]
        except BlockingIOError:
            wait(runner)
        except OSError as error:
            raise Gone from error


def _receive(runner: ServiceRunner, wait: Callable[[ServiceRunner], None]) -> Any:
    inbox = bytearray()
    while True:
        try:
            piece = runner.channel.recv(1 << 16)
        except BlockingIOError:
            wait(runner)
            continue
        except OSError:
            piece = b""
        if not piece:
            raise Gone
        inbox += piece
        try:
            found = frames.cut(inbox)
        except frames.FrameError as error:
            raise Fact(Status.JUDGE_ERROR, phrase(
                "the {kind} service broke the protocol", kind=runner.kind)) from error
        if found:
            return found[0]


def _fact(runner: ServiceRunner, dead: bool, gone: Exit, words: str) -> Fact | None:
    """Return what the end of a service means; None for one that we ended and that kept its limits.

    A limit is a limit by the kernel's word alone; what the service printed is only shown.
    """
    kind, backstop_s = runner.kind, runner.options["cpu_backstop_s"]
    if gone.peak_mib > MEMORY_MIB:
        return Fact(Status.MEMORY_LIMIT, phrase(
            "the {kind} service used {peak_mib} MiB for it; the limit is {limit_mib} MiB",
            kind=kind, peak_mib=f"{gone.peak_mib:.0f}", limit_mib=MEMORY_MIB))
    if not dead:
        return None
    if gone.signal in _BY_LIMIT and gone.cpu_s >= backstop_s - 1:
        return Fact(Status.TIME_LIMIT, phrase(
            "the {kind} service was kept busy for {used_s} s CPU", kind=kind,
            used_s=f"{gone.cpu_s:.1f}"))
    return Fact(Status.JUDGE_ERROR, phrase(
        "the {kind} service died (signal {number}, exit code {code}): {words}", kind=kind,
        number=gone.signal, code=gone.code, words=words or phrase("no message")))


class Patience:
    """How long a suite's request to a service may take: CPU of the submission, then wall."""

    def __init__(self, services: Services, allowance_s: float) -> None:
        self._services, self._allowance_s = services, allowance_s
        self._began_s, self._used_s = time.monotonic(), services.cpu_s()

    def check(self, kind: str) -> None:
        """Raise Fact where it has taken too long."""
        used_s = self._services.cpu_s()
        if used_s > self._allowance_s:
            raise Fact(Status.TIME_LIMIT, phrase(
                "the {kind} service was kept busy for {used_s} s CPU", kind=kind,
                used_s=f"{used_s:.1f}"))
        if used_s > self._used_s:  # it works, so it is alive
            self._began_s, self._used_s = time.monotonic(), used_s
        if time.monotonic() - self._began_s - self._services.queued_s() > _SILENT_S:
            raise Fact(Status.JUDGE_ERROR, phrase("the {kind} service does not answer", kind=kind))
