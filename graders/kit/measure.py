"""Measurements of learner's code: how its time grows, how much memory a call takes, a probe.

Under the judge every clock and peak is the kernel's word about the worker; in plain pytest the
process's own, and not binding.
"""

from __future__ import annotations

import math
import os
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from graders.kit import curve, remote
from graders.kit.side import of_kata, run

_RUN_S = 0.002  # one timed run takes at least that long, unless it would need more than
_MOST_CALLS = 512  # so many inputs
_MOST_ITEMS = 100_000  # or so many items in them
_ROUNDS = 3
_ATTEMPTS = {curve.Finding.FITS: 1, curve.Finding.BETWEEN: 3}  # 2 for the others
_BATCH_ITEMS = 50_000  # size times inputs in one frame to the worker
_ENOUGH_S = 0.6  # CPU after which nothing is measured a further time
_HOPELESS_S = 5.0  # one call that would take longer is not made when the curve is steep already

Make = Callable[[int, int], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Growth:
    """A measured curve: CPU seconds per call at each size, the fitted exponent, its name."""

    sizes: tuple[int, ...]
    cpu_s: tuple[float, ...]
    exponent: float
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Peak:
    """A result, and by how much the call raised the process's peak."""

    result: Any
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Probe:
    """The learner's process at this moment; `children` is a number, `stderr` a tail."""

    pid: int
    threads: int
    children: int
    open_files: int
    cpu_s: float
    stderr: str


def growth(function: Any, make: Make, n: int, at_most: str = "linear") -> Growth:
    """Measure `function` at n, 2n, 4n, 8n and fail the test where it grows faster than `at_most`.

    `make(size, round)` returns a tuple of arguments; for a class, (init arguments, operations as
    for `replay`), and the operations are timed. Every round must bring new contents: ValueError
    where two are equal. `at_most` is "constant", "linear" (n log n passes), "quadratic" or
    "cubic". Choose n so that a good solution takes 0.05 to 5 ms. Where only wall time is fine
    enough (Windows counts CPU in ticks of 1/64 s), the curve is told and fails nothing: a busy
    machine bends it; the absolute limit beside it decides alone there.
    """
    __tracebackhide__ = True
    if at_most not in curve.DEGREES:
        raise ValueError(f"growth: at_most is {at_most!r}; it is {', '.join(curve.DEGREES)}")
    if not isinstance(n, int) or n < 1:
        raise ValueError(f"growth: n is {n!r}; it is a size, 1 or more")
    if not callable(function) or not callable(make):
        raise TypeError("growth: needs a function or class of the kata, and make(size, round)")
    bench = _Bench(function, make, of_kata("growth", function))
    degree = curve.DEGREES[at_most]
    sizes, cpu_s = bench.measure(n, degree)
    run(bench.link, "forget")
    slope = curve.exponent(sizes, cpu_s)
    if bench.link is not None:
        bench.link.record_growth(sizes, cpu_s, slope, curve.label(slope))
    text = curve.describe(getattr(function, "__name__", "this"), sizes, cpu_s, degree)
    match curve.finding(slope, degree):
        case curve.Finding.FITS:
            return Growth(sizes, cpu_s, slope, curve.label(slope))
        case _ if not bench.fine_clock():
            return Growth(sizes, cpu_s, slope, curve.label(slope), text)
        case curve.Finding.BETWEEN:
            return Growth(sizes, cpu_s, slope, curve.label(slope), text)
        case curve.Finding.STEEPER if bench.link is not None:
            return bench.link.too_slow(text)
        case _:
            return pytest.fail(text, pytrace=False)


class _Bench:
    """Timed runs of one function on inputs that stand ready beside it."""

    def __init__(self, function: Any, make: Make, link: remote.Link | None) -> None:
        self.function, self.make, self.link = function, make, link
        self.is_class = isinstance(function, type)
        self.round = 0
        self.spent_s = 0.0
        self.empty_s = 0.0

    def measure(self, n: int, degree: int) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Return sizes and the least CPU seconds per call at each; doubtful curves again."""
        run(self.link, "forget")
        self._check_make(n)
        self.empty_s = min(self._run([]) for _ in range(3))
        sizes = [n, 2 * n, 4 * n, 8 * n]
        best = [math.inf] * len(sizes)
        guess_s = min(self._run(self._hold(n, 1)) for _ in range(2))
        for attempt in (1, 2, 3):
            for _ in range(_ROUNDS):
                for index, size in enumerate(sizes):
                    if best[index] < math.inf:
                        guess_s = best[index]
                        if 1.2 * guess_s > self._left_s():
                            return tuple(sizes), tuple(best)
                    elif index:
                        guess_s = 2 * best[index - 1]
                        if self._hopeless(sizes[:index], best[:index], degree):
                            return tuple(sizes[:index]), tuple(best[:index])
                    best[index] = min(best[index], self._timed(size, guess_s))
                if self.spent_s > _ENOUGH_S:
                    break
            found = curve.finding(curve.exponent(sizes, best), degree)
            if attempt >= _ATTEMPTS.get(found, 2) or self.spent_s > _ENOUGH_S:
                break
        return tuple(sizes), tuple(best)

    def _hopeless(self, sizes: list[int], best: list[float], degree: int) -> bool:
        """Tell whether the next size would take very long on a curve that is too steep."""
        if len(sizes) < 2:
            return False
        slope = curve.exponent(sizes, best)
        return slope >= degree + 0.7 and best[-1] * 2**slope > min(_HOPELESS_S, self._left_s())

    def _left_s(self) -> float:
        """Return the CPU seconds that the test has left: a curve must be told before it is cut."""
        return math.inf if self.link is None else self.link.left_s()

    def _timed(self, size: int, guess_s: float) -> float:
        """Return CPU seconds per call, from one run of at least _RUN_S where that can be had."""
        most = max(1, min(_MOST_CALLS, _MOST_ITEMS // size))
        for _ in range(3):
            calls = max(1, min(most, math.ceil(1.2 * _RUN_S / max(guess_s, 1e-9))))
            seconds = self._run(self._hold(size, calls)) - self.empty_s
            guess_s = max(seconds, 1e-7) / calls
            if seconds >= _RUN_S or calls == most:
                break
        return guess_s

    def _hold(self, size: int, calls: int) -> list[int]:
        """Make fresh inputs and place them beside the learner's code."""
        numbers: list[int] = []
        at_once = max(1, _BATCH_ITEMS // size)
        while len(numbers) < calls:
            batch = [self._input(size) for _ in range(min(at_once, calls - len(numbers)))]
            if self.is_class:
                numbers += run(self.link, "hold_objects", self.function, batch)
            else:
                numbers += run(self.link, "hold", batch)
        return numbers

    def _input(self, size: int) -> tuple[Any, ...]:
        self.round += 1
        made = self.make(size, self.round)
        if not isinstance(made, tuple):
            raise TypeError(f"growth: make returned {type(made).__name__}; it returns a tuple")
        if self.is_class and (len(made) != 2 or not isinstance(made[0], tuple)):
            raise TypeError("growth: for a class, make returns (init arguments, operations)")
        return made

    def _check_make(self, n: int) -> None:
        """Refuse inputs that repeat: code that remembers its inputs would look fast."""
        if self._input(n) == self._input(n):
            raise ValueError("growth: make(size, round) must give new contents for each round")

    def _run(self, numbers: list[int]) -> float:
        """Return the CPU seconds of one run over held inputs."""
        before = self._clock()
        if self.is_class:
            run(self.link, "run_held_objects", numbers)
        else:
            run(self.link, "run_held", self.function, numbers)
        seconds = self._clock() - before
        self.spent_s += seconds
        return seconds

    def fine_clock(self) -> bool:
        """Tell whether `_clock` counts CPU; it counts wall time otherwise."""
        return sys.platform != "win32" if self.link is None else self.link.fine_clock

    def _clock(self) -> float:
        return _cpu_s() if self.link is None else self.link.stopwatch_s()


def peak_memory(function: Callable[..., Any], *args: Any) -> Peak:
    """Call `function`; return its result and the growth of the process's peak in MiB.

    Not below 0; arguments do not count, the result does. In plain pytest it is the kernel's peak
    on Linux, elsewhere what Python allocated (and slow).
    """
    if not callable(function):
        raise TypeError(f"peak_memory: needs a function, got {type(function).__name__}")
    link = of_kata("peak_memory", function)
    (held,) = run(link, "hold", [args])
    if link is not None:
        before = float(link.status()["peak_mib"])
        result = run(link, "call_held", function, held)
        grown = float(link.status()["peak_mib"]) - before
    else:
        result, grown = _peak_here(lambda: run(None, "call_held", function, held))
    return Peak(run(link, "fetch", result), max(0.0, grown))


def probe() -> Probe:
    """Return facts about the learner's process; -1 for what the platform does not tell."""
    link = remote.current()
    if link is None:
        open_files = int(run(None, "open_files"))
        pid = os.getpid()
        children = _children(pid)
        return Probe(pid, threading.active_count(), children, open_files, _cpu_s(), "")
    status = link.status()
    open_files = status["open_files"] if "open_files" in status else run(link, "open_files")
    return Probe(
        int(status["pid"]),
        int(status["threads"]),
        int(status["children"]),
        int(open_files),
        link.cpu_s(),
        link.output(),
    )


def _cpu_s() -> float:
    """Return this process's CPU seconds; on Windows, whose CPU clock ticks at 64 Hz, wall."""
    return time.perf_counter() if sys.platform == "win32" else time.process_time()


def _peak_here(call: Callable[[], Any]) -> tuple[Any, float]:
    """Make a call here; return its result and how much it raised the peak, in MiB."""
    if _reset_peak():
        before = _peak_kib()
        result = call()
        return result, (_peak_kib() - before) / 1024
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        start, _ = tracemalloc.get_traced_memory()
        result = call()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        if not tracing:
            tracemalloc.stop()
    return result, (peak - start) / (1 << 20)


def _reset_peak() -> bool:
    """Set the kernel's peak of this process back to what it uses now, where Linux allows it."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        return False
    return True


def _peak_kib() -> int:
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))


def _children(pid: int) -> int:
    """Return how many child processes there are, -1 where the kernel does not tell."""
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        texts = []
        for task in tasks:
            with open(f"/proc/{pid}/task/{task}/children") as file:
                texts.append(file.read())
    except OSError:
        return -1
    return sum(len(text.split()) for text in texts)
