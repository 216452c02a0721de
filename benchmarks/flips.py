"""Verdicts under load: a submission at 55 % and one at 200 % of a limit, beside four busy loops.

The work is calibrated through the judge itself before the loops start: the step count whose
smallest CPU time of several judgements is the wanted part of the limit. Every judgement beside
the loops that gives another verdict is a flip. Nothing is taken from the cache.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import material
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import Settings
from benchmarks.warm import WarmJudge
from graders.judge.request import Request
from graders.model import Kata, Verdict

LOOPS = 4
_PARTS = {0.55: Verdict.ACCEPTED, 2.0: Verdict.TIME_LIMIT_EXCEEDED}
_CALIBRATED_AT = 0.5  # of the limit: a longer one would be stopped before its time is known
_BEGIN_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class _Beside:
    """What came of one submission beside the loops."""

    verdicts: tuple[Verdict, ...]
    parts: tuple[float, ...]  # of the limit, as each Report has it

    def flips(self, expected: Verdict) -> int:
        """How many verdicts are not the expected one."""
        return sum(verdict is not expected for verdict in self.verdicts)


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return the flips at each part of the limit."""
    kata = material.kata(material.BUSY)
    lines: list[Line] = []
    notes: list[str] = []
    first = material.request(kata, _source(_BEGIN_STEPS // 10))
    with WarmJudge(scratch / "store", settings.jobs, first) as warm:
        steps_for_limit, idle = _calibrate(warm, kata, settings.calibrations)
        load = os.getloadavg()[0]
        notes.append(f"calibrated at load {load:.1f}: smallest of {settings.calibrations} is "
                     f"{idle:.2f} of the limit of {kata.limits.test_cpu_s} s, "
                     f"wanted {_CALIBRATED_AT:.2f}; machine factor {warm.engine.factor:.2f}")
        with _busy_loops():
            for part, expected in _PARTS.items():
                request = material.request(kata, _source(round(part * steps_for_limit)))
                seen = _judge(warm, request, settings.runs)
                lines.append(Line(f"flips at {part:.0%} of the limit, {LOOPS} busy loops",
                                  f"of {settings.runs}", (seen.flips(expected),), Reach(0)))
                lines.append(Line(f"  CPU / limit as reported, at {part:.0%}", "x", seen.parts))
                notes += [f"at {part:.0%}: {verdict}" for verdict in
                          dict.fromkeys(seen.verdicts) if verdict is not expected]
    return Finding(tuple(lines), tuple(notes))


def _source(steps: int) -> str:
    text = material.source(material.BUSY)
    return re.sub(r"(?m)^STEPS = .*$", f"STEPS = {steps}", text)


def _calibrate(warm: WarmJudge, kata: Kata, times: int) -> tuple[float, float]:
    """Return the steps that take the whole limit, by the fastest measurement, and its part."""
    steps = _BEGIN_STEPS
    part = _part(warm, kata, steps, times)
    found = []
    for _ in range(2):  # twice: the first may have fallen into a slow moment
        steps = round(steps * _CALIBRATED_AT / part)
        part = _part(warm, kata, steps, times)
        found.append((steps / part, part))
    return max(found)


def _part(warm: WarmJudge, kata: Kata, steps: int, times: int) -> float:
    """Return the smallest part of the limit that `steps` took in several judgements."""
    request = material.request(kata, _source(steps))
    seen = [warm.judge.judge(request).tests[0] for _ in range(times)]
    return min(test.cpu_s / test.limit_s for test in seen)


def _judge(warm: WarmJudge, request: Request, runs: int) -> _Beside:
    reports = [report for _, report in warm.judge.judge_many([request] * runs)]
    parts = tuple(test.cpu_s / test.limit_s for report in reports for test in report.tests)
    return _Beside(tuple(report.verdict for report in reports), parts)


@contextmanager
def _busy_loops() -> Iterator[None]:
    """Keep processes busy inside the context."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOOPS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
