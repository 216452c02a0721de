"""CPU seconds of process trees, by the kernel's own accounting.

    engine --fork--> template --fork--> judge child   reaped by the template
       +----exec---> nursery --fork--> joiner --fork--> Init --fork--> workers
                                (each reaped by the one before it)

A process that was reaped lives on in its parent's `cutime` and `cstime`, so the sum over what
is alive (zombies included) of own and reaped time misses nothing. Own time is read to the
nanosecond; reaped time can be read in ticks of 10 ms only (SC_CLK_TCK), so measure batches.
Not seen: what the kernel does in threads of its own after a namespace has ended. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_SETTLE_S = 5.0  # Init's last breath takes milliseconds


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took."""

    cpu_s: float
    wall_s: float


def tree_cpu_s(pid: int) -> float:
    """Return the CPU seconds of `pid` and of everything that it has or had below it."""
    return _own_cpu_s(pid) + sum(tree_cpu_s(child) for child in children(pid))


def _own_cpu_s(pid: int) -> float:
    """Return the time of one process and of those that it has reaped; 0.0 if it is gone."""
    fields = _stat(pid)
    if not fields:
        return 0.0
    try:
        own_s = time.clock_gettime((~pid) << 3 | 2)  # the clock of another process; zombies too
    except OSError:  # reaped this moment
        return 0.0
    return own_s + sum(map(int, fields[13:15])) / _TICKS


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def children(pid: int) -> list[int]:
    """Return the children of `pid`, zombies included."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


def settle(nursery: int) -> None:
    """Wait until no submission is under way: whatever is left below the nursery is a zombie.

    A judge child is reaped before its narration arrives, but its Init may not have ended.
    """
    limit_s = time.monotonic() + _SETTLE_S
    while time.monotonic() < limit_s:
        if all(_stat(pid)[:1] in (["Z"], []) for pid in children(nursery)):
            return
        time.sleep(0.002)


def run(command: list[str], folder: Path, environment: dict[str, str],
        expected: tuple[int, ...] = (0,)) -> Cost:
    """Run `command` to its end; return the CPU seconds of it and all it reaped, and the wall.

    Raises RuntimeError when it exits otherwise than expected: nothing was measured then.
    """
    began_s = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.perf_counter() - began_s
    if process.returncode not in expected:
        raise RuntimeError(f"{' '.join(command)} in {folder}: exit {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, wall_s)
