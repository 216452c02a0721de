"""Machine speed: what a reference second is worth here, and how loaded the machine is now.

A limit of 1 reference second means: what takes 1 s of CPU on the reference machine. The factor
says how much longer this machine takes (2.0 = half as fast). It is measured by a fixed piece of
Python, idle, and stored per machine; the smallest value ever measured counts, because load can
only slow the measurement down. The pace is the same measured at this moment, as a multiple of the
factor: above 1 the machine is slower than it can be, below 1 the factor was measured too slow.
"""

from __future__ import annotations

import gc
import time
from pathlib import Path

from graders.judge import store
from graders.judge.machine import machine_id

# Smallest of 200 `spin()` on the machine where the limits of the katas were set
# (2 cores x86_64, Python 3.11.7); docs/judge.md tells how to measure again.
REFERENCE_SPIN_S = 0.0036
LOAD_CAP = 1.4  # load of the moment above this: the job is run again alone
_FIRST, _LATER = 60, 10  # spins: many at first, so that one of them meets a quiet moment
# Parts of a limit, in reference seconds: up to the first a submission is always accepted, from the
# second on always refused, also on a machine that changes its speed (docs/judge.md tells why, and
# `python -m benchmarks margin` measures it).
SURE = (0.5, 1.5)
RERUN_BAND = 1.4  # a test between 1.0 and this much of its limit is run again
# A test that used less than this part of its limit is not held against the pace: it would be
# within the limit even if the factor were 2.8 times too large.
WORTH_A_PACE = 0.35
# Stopped at RERUN_BAND on a machine that is slower than this, a submission may have been within
# half of its limit: no verdict.
HOPELESS = RERUN_BAND / 0.5
# Memory that the host of a virtual machine has never backed costs the guest's kernel seven times as
# much when it is touched first, once: 11.4 instead of 1.6 µs a page, 3 ms more for each MiB
# (docs/judge.md tells how that was measured).
COLD_MIB_S = 0.003
CALM_S = 2.0  # a job that is judged alone waits so long for the machine to be as quick as it can
_NAP_S = 0.05


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


def machine_factor(base: Path) -> float:
    """Return this machine's factor, measured now and kept under `base` as a running minimum.

    A store that cannot be read or written is not an error: the factor is then measured anew.
    """
    known = _known(_path(base))
    measured = min(spin() for _ in range(_FIRST if known is None else _LATER)) / REFERENCE_SPIN_S
    if known is None:
        keep(base, measured)
    return max(measured if known is None else faster(base, known, measured), 0.05)


def faster(base: Path, known: float, measured: float) -> float:
    """Return the smaller factor; keep it under `base` if it is the one just measured."""
    if measured < known:
        keep(base, measured)
    return min(known, measured)


def keep(base: Path, factor: float) -> None:
    """Keep this machine's factor, where the store can be written."""
    store.write(_path(base), {"factor": factor, "reference": REFERENCE_SPIN_S,
                              "measured": time.time()})


def _path(base: Path) -> Path:
    return base / f"speed-{machine_id()}.json"


def _known(path: Path) -> float | None:
    held = store.read(path) or {}
    value = held.get("factor")
    if held.get("reference", REFERENCE_SPIN_S) != REFERENCE_SPIN_S:
        return None  # a factor against another reference machine
    if not isinstance(value, int | float) or not 0.01 < value < 1000:  # NaN fails it as well
        return None
    return float(value)


def pace(factor: float) -> float:
    """Return how much longer a process takes just now than `factor` says (1.0 = as long)."""
    return min(spin() for _ in range(3)) / (REFERENCE_SPIN_S * factor)


def load(factor: float) -> float:
    """Return how much slower than idle this machine runs a process just now (1.0 = idle)."""
    return max(1.0, pace(factor))


def may_be_cold(over_s: float, peak_mib: float, factor: float) -> bool:
    """Whether a run `over_s` reference seconds above its limit may be within it in warm memory."""
    return 0 < over_s <= peak_mib * COLD_MIB_S / factor


def wait_for_calm(factor: float) -> None:
    """Return when the machine is about as quick as it can be, after CALM_S at the latest."""
    end_s = time.monotonic() + CALM_S
    while load(factor) > LOAD_CAP and time.monotonic() < end_s:
        time.sleep(_NAP_S)
