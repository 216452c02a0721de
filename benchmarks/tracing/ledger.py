"""CPU and wall time of one process, charged to the part that it is at; exclusive, in one place.

Every forked process begins anew, and writes what it has as one JSON line to a file that all
processes of the tree share. Standard library only: it runs inside the sandbox.
"""

from __future__ import annotations

import fcntl
import functools
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PATH = "KATA_TRACE"  # the environment variable that names the shared file
_FIRST_DESCRIPTOR = 400  # a worker closes all from 4 to 255


class Ledger:
    """The accounts of this process. `at` names the part that time is charged to just now."""

    def __init__(self) -> None:
        opened = os.open(os.environ[PATH], os.O_WRONLY | os.O_APPEND)
        self._file = fcntl.fcntl(opened, fcntl.F_DUPFD, _FIRST_DESCRIPTOR)
        os.close(opened)
        self.begin("started", "start")

    def begin(self, role: str, at: str) -> None:
        """Start anew in a forked process: its CPU clock began at 0 with the fork."""
        self.role, self.at = role, at
        self._life = os.getpid()
        self._parts: dict[str, list[float]] = {}
        self._cpu_s, self._wall_s = 0.0, time.monotonic()

    def switch(self, part: str) -> str:
        """Charge what passed to the current part and go over to `part`; return the old one."""
        # Not process_time: under RLIMIT_CPU or an interval timer the kernel brings that one up to
        # date only when the process is switched or a tick comes. No process here has threads.
        cpu_s, wall_s = time.thread_time(), time.monotonic()
        held = self._parts.setdefault(self.at, [0.0, 0.0])
        held[0] += cpu_s - self._cpu_s
        held[1] += wall_s - self._wall_s
        self._cpu_s, self._wall_s = cpu_s, wall_s
        before, self.at = self.at, part
        return before

    @contextmanager
    def span(self, part: str) -> Iterator[None]:
        """Charge to `part` inside the context, unless the process forks and begins anew there."""
        life = self._life
        before = self.switch(part)
        try:
            yield
        finally:
            if self._life == life:
                self.switch(before)

    def time(self, owner: Any, name: str, part: str) -> None:
        """Charge every call of `owner.name` to `part`."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.span(part):
                return function(*args, **kwargs)

        setattr(owner, name, timed)

    def flush(self, **more: float) -> None:
        """Write the accounts and empty them; `more` goes along."""
        self.switch(self.at)
        line = {"role": self.role, "parts": self._parts, **more}
        os.write(self._file, json.dumps(line).encode() + b"\n")
        self._parts = {}


def around(owner: Any, name: str, wrapper: Callable[..., Any]) -> None:
    """Replace `owner.name` by `wrapper(original, *args)`, keeping pytest's marks on it."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return wrapper(original, *args, **kwargs)

    setattr(owner, name, wrapped)
