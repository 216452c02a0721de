"""What the machine is and what else it was doing: a figure from a busy machine must say so.

`Watch` compares the CPU time of all processes before and after a row. A process that began and
ended in between, or ended before the end, is seen only in the share of all processors.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from importlib import metadata

import psutil

_SHOWN = 3
_NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """Load averages (1 min) at start and end of a row, and who else used the processors."""

    load_start: float
    load_end: float
    busy: float  # share of all processors, this benchmark's part included
    busiest: tuple[tuple[str, float], ...]  # (command, share of one core), the largest first

    def text(self) -> str:
        """Return one line."""
        others = "; ".join(f"{share:.0%} {name}" for name, share in self.busiest)
        return (f"load {self.load_start:.1f} to {self.load_end:.1f}; processors {self.busy:.0%} "
                f"busy; also running: {others or 'nothing that is still there'}")


def header() -> list[str]:
    """Return what the figures were measured on."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    plugins = sorted({each.dist.name for each in metadata.entry_points(group="pytest11")
                      if each.dist is not None})
    return [
        f"{_processor()}; {usable} of {os.cpu_count()} cores; {platform.system()} "
        f"{platform.release()}",
        f"Python {platform.python_version()} ({sys.executable}); pytest "
        f"{metadata.version('pytest')}, which loads by itself: {', '.join(plugins) or 'nothing'}",
        "min and median are over rounds in which all contenders take turns; on a busy machine "
        "trust ratios more than seconds",
    ]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as info:
            line = next(line for line in info if line.startswith("model name"))
            return line.split(":", 1)[1].strip()
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


class Watch:
    """Remembers the machine when made; `stop` tells what happened since."""

    def __init__(self) -> None:
        self.began_s = time.monotonic()
        self.load = os.getloadavg()[0]
        self.times = psutil.cpu_times()
        self.before = _cpu_by_process()

    def stop(self) -> tuple[Moment, float]:
        """Return the moment and the wall seconds since this was made."""
        wall_s = time.monotonic() - self.began_s
        now = psutil.cpu_times()
        passed_s = sum(now) - sum(self.times)
        busy = 1 - (now.idle - self.times.idle) / max(passed_s, 1e-3)
        used: list[tuple[str, float]] = []
        for key, (name, cpu_s) in _cpu_by_process().items():
            share = (cpu_s - self.before.get(key, ("", 0.0))[1]) / max(wall_s, 1e-3)
            if share >= 0.01:
                used.append((name, share))
        used.sort(key=lambda each: -each[1])
        return Moment(self.load, os.getloadavg()[0], busy, tuple(used[:_SHOWN])), wall_s


def _cpu_by_process() -> dict[tuple[int, float], tuple[str, float]]:
    """Return {(pid, birth): (command, CPU seconds)} of all processes but our own family."""
    us = psutil.Process()
    ours = {us.pid, *(each.pid for each in us.children(recursive=True))}
    found = {}
    for each in psutil.process_iter():
        try:
            with each.oneshot():
                times = each.cpu_times()  # without reaped children: those may be long gone
                cpu_s = times.user + times.system
                name = " ".join(each.cmdline()) or each.name()
                if each.pid not in ours:
                    found[each.pid, each.create_time()] = (name[:_NAME_CHARS], cpu_s)
        except psutil.Error:
            continue  # it ended meanwhile, or is none of our business
    return found
