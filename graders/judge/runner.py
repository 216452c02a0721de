"""What Link needs of a worker, and of a service beside it: sockets, clocks, an end.

Of each two kinds exist. tree_runner.py and service_runner.py are the full way (nursery, joiner,
Init, process), portable_runner.py is the one for platforms without fork.
"""

from __future__ import annotations

import signal
import socket
from contextlib import AbstractContextManager
from typing import Any, Protocol

from graders.judge.records import Exit
from graders.judge.sandbox import Options


class Runner(Protocol):
    """One worker at a time, fresh at every start."""

    channel: socket.socket  # non-blocking
    fine_clock: bool  # whether cpu_s tells microseconds apart

    def start(self) -> None:
        """Start a worker; it is locked down and has run no learner code when this returns."""

    def cpu_s(self) -> float:
        """Return the CPU seconds of the worker (and of its children where it may have any)."""

    def queued_s(self) -> float:
        """Return the seconds its threads waited for a processor."""

    def held(self) -> bool:
        """Whether a signal has stopped it: it does nothing until another one lets it go on."""

    def ended(self) -> bool:
        """Whether it is over, of itself or by a signal."""

    def finish(self, keep_box: bool) -> Exit:
        """Kill, reap and clean; return how the worker ended. cpu_s in this machine's seconds."""

    def output(self, tail: int) -> tuple[int, str]:
        """Return how many bytes it printed, and the last `tail` of them as text."""

    def answer(self, most: int) -> tuple[int, bytes]:
        """Return the size of a program's standard output, and at most `most` bytes of it."""

    def status(self) -> dict[str, Any]:
        """Return pid, threads, children and peak_mib as the kernel tells them."""

    def workdir(self) -> tuple[str, int]:
        """Return the work directory as the worker sees it, and a descriptor of it."""

    def close_workdir(self) -> None:
        """Close that descriptor."""

    def start_clerk(self) -> socket.socket | None:
        """Start a process beside the worker that has its files and never runs learner code.

        Return the line to it, non-blocking; None where this process may do as well itself.
        """

    def clerk_s(self) -> float:
        """Return the clerk's CPU seconds."""

    def as_owner(self) -> AbstractContextManager[None]:
        """Act as the owner of the box within the context."""


class ServiceRunner(Protocol):
    """One service process at a time, fresh at every start."""

    options: Options
    kind: str
    port: int  # of 127.0.0.1, from `start` on
    channel: socket.socket  # requests of the suite; non-blocking
    events: socket.socket  # questions of the service; blocking

    def start(self) -> None:
        """Start it; it listens, and is locked down, when this returns."""

    def cpu_s(self) -> float:
        """Return its CPU seconds."""

    def queued_s(self) -> float:
        """Return the seconds that it waited for a processor."""

    def ended(self) -> bool:
        """Whether it is over."""

    def finish(self, keep_box: bool) -> Exit:
        """Kill and reap it; return how it ended."""

    def output(self, tail: int) -> tuple[int, str]:
        """Return how much it printed, and the end of that."""


def memory_kills() -> int:
    """Return how many processes this machine has killed for want of memory; 0: it does not say."""
    try:
        with open("/proc/vmstat") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))
    except (OSError, StopIteration):
        return 0


def signal_name(number: int) -> str:
    """Return "SIGSEGV" for 11; the number itself where it has no name."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
