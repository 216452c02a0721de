"""One command of the instructor's: run to its end, or ended by kill -9 when a condition holds.

CPU seconds are those of the process and of all it has reaped; what a killed process had not
reaped yet is not in them. Owns the processes; knows nothing of what the commands are for.
"""

from __future__ import annotations

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_LOOK_S = 0.02
_MARK = "KATA_REHEARSAL"
_GONE_S = 20.0  # what a killed command has left must have ended by itself by then


@dataclass(frozen=True, slots=True)
class Did:
    """What a command came to; `exit` is -9 for a killed one."""

    exit: int
    out: str
    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Instructor:
    """Whoever types the commands, in a repository of their own; `store` is the judge's cache."""

    course: Path
    cohort: Path
    store: Path
    jobs: int
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def run(self, *words: str, expected: tuple[int, ...] = (0,)) -> Did:
        """Run `python -m graders WORDS` to its end. Raises RuntimeError for another exit."""
        return self._ran(words, lambda: False, expected)

    def killed(self, *words: str, when: Callable[[], bool]) -> Did:
        """Run a command until `when` says so, and kill it. Raises RuntimeError if it ended first.

        Waits for what it has left behind, and raises RuntimeError for what does not end.
        """
        did = self._ran(words, when, (-9,))
        limit_s = time.monotonic() + _GONE_S
        while left := self.left():
            if time.monotonic() > limit_s:
                raise RuntimeError(f"{' '.join(words)}: killed, and these live on: {left}")
            time.sleep(_LOOK_S)
        return did

    def left(self) -> list[str]:
        """Return the commands of this instructor's that are still running."""
        found = []
        for each in psutil.process_iter():
            try:
                if each.environ().get(_MARK) == self.mark and each.status() != "zombie":
                    found.append(" ".join(each.cmdline())[:120])
            except psutil.Error:
                continue  # it has ended, or is another user's
        return found

    def _ran(self, words: tuple[str, ...], when: Callable[[], bool],
             expected: tuple[int, ...]) -> Did:
        environment = {**os.environ, "KATA_STORE": str(self.store), "KATA_AUTHOR": "Ann",
                       "KATA_LANG": "en", _MARK: self.mark}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began_s = time.perf_counter()
        with tempfile.TemporaryFile("w+") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "graders", *words], cwd=self.course, env=environment,
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
            while process.poll() is None:
                if when():
                    process.kill()
                try:
                    process.wait(_LOOK_S)
                except subprocess.TimeoutExpired:
                    continue
            wall_s = time.perf_counter() - began_s
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            out.seek(0)
            text = out.read()
        if process.returncode not in expected:
            raise RuntimeError(f"{' '.join(words)}: exit {process.returncode}\n{text[-4000:]}")
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Did(process.returncode, text, wall_s, cpu_s)
