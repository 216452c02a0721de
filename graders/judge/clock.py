"""Machine speed: what a reference second is worth here, and how loaded the machine is now.

A limit of 1 reference second means: what takes 1 s of CPU on the reference machine. The factor
says how much longer this machine takes (2.0 = half as fast). It is measured by a fixed piece of
Python, idle, and stored per machine; the smallest value ever measured counts, because load can
only slow the measurement down.
"""

from __future__ import annotations

import gc
import hashlib
import os
import platform
import sys
import time
from functools import cache
from pathlib import Path

from graders.judge import store

# Smallest of 200 `spin()` on the machine where the limits of the katas were set
# (2 cores x86_64, Python 3.11.7); docs/judge.md tells how to measure again.
REFERENCE_SPIN_S = 0.0036
LOAD_CAP = 1.4  # load of the moment above this: the job is run again alone
_FIRST, _LATER = 60, 10  # spins: many at first, so that one of them meets a quiet moment
RERUN_BAND = 1.4  # a test between 1.0 and this much of its limit is run again


def spin() -> float:
    """Return CPU seconds of a fixed mix of arithmetic, dict and list work (about 5 ms)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        began = time.thread_time()  # process_time stands still for ticks under an armed timer
        table: dict[int, int] = {}
        total = 0
        for i in range(30_000):
            total += i * i % 7
            table[i & 1023] = total
        sorted(range(8_000), key=lambda x: -x)
        return time.thread_time() - began
    finally:
        if was_enabled:
            gc.enable()


@cache
def machine_id() -> str:
    """Return a short id of processor, system and Python version; nothing personal."""
    parts = (_processor().strip(), platform.system(), platform.machine(), str(os.cpu_count()),
             sys.version.split()[0], sys.implementation.name)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as info:
            model = next((line for line in info if line.startswith("model name")), "")
    except OSError:
        model = ""  # not Linux: the platform's name has to do
    return model or platform.processor() or platform.machine()  # processor() starts `uname -p`


def machine_factor(base: Path) -> float:
    """Return this machine's factor, measured now and kept under `base` as a running minimum.

    A store that cannot be read or written is not an error: the factor is then measured anew.
    """
    path = base / f"speed-{machine_id()}.json"
    known = _known(path)
    measured = min(spin() for _ in range(_FIRST if known is None else _LATER)) / REFERENCE_SPIN_S
    factor = measured if known is None else min(known, measured)
    if known is None or factor < known:
        store.write(path, {"factor": factor, "reference": REFERENCE_SPIN_S,
                           "measured": time.time()})
    return max(factor, 0.05)


def _known(path: Path) -> float | None:
    held = store.read(path) or {}
    value = held.get("factor")
    if held.get("reference", REFERENCE_SPIN_S) != REFERENCE_SPIN_S:
        return None  # a factor against another reference machine
    if not isinstance(value, int | float) or not 0.01 < value < 1000:  # NaN fails it as well
        return None
    return float(value)


def load(factor: float) -> float:
    """Return how much slower than idle this machine runs a process just now (1.0 = idle)."""
    return max(1.0, min(spin() for _ in range(2)) / (REFERENCE_SPIN_S * factor))
