"""Verdicts beside load: seven submissions judged over and over, and every other verdict counted.

    accepted · wrong · 40 % of the limit · 55 % · 200 % · over the memory limit · a crash
        beside a busy loop on every processor · loops that fill the memory's bandwidth · `grade`

Each is judged `runs` times in a mixed order, nothing is taken from the cache. A flip is a verdict
other than the expected one, a JUDGE_ERROR too. None is the aim, not a few.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

from benchmarks import hogs, material, work
from benchmarks.counting import CountingJudge, Seen
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import Settings
from graders.judge.request import Request
from graders.model import Verdict

_SIDES = ("loops", "memory", "grade")
_ROW = "{:<10} {:>10}  {:<22} {:>6}  {:>5} {:>5} {:>5} {:>8} {:>6}"
_HEAD = _ROW.format("submission", "judgements", "expected", "flips", "min", "med.", "max",
                    "re-runs", "alone")


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return the flips beside each kind of load, and a table of each as notes."""
    kata = material.kata(material.BUSY)
    per_s = work.units_per_s("mixed")
    wanted = work.seven(kata, per_s)
    lines: list[Line] = []
    notes = [f"limit {kata.limits.test_cpu_s} s; min, med., max: CPU / limit as reported; "
             "re-runs: of a test; alone: judged again with nothing beside it"]
    for side in _SIDES:
        with CountingJudge(scratch / side, settings.jobs) as judge:
            judge.judge(wanted[0][0])  # starts the engine
            before = os.getloadavg()[0]
            with hogs.beside(side):
                seen = list(judge.many([request for request, _ in wanted], settings.runs))
            notes += ["", f"beside {side} (load {before:.1f} to {os.getloadavg()[0]:.1f}; machine "
                      f"factor {judge.factor:.2f}):", *_table(wanted, seen)]
        flips = sum(each.verdict is not wanted[each.index][1] for each in seen)
        sys.stderr.write(f"  beside {side}: {flips} flips of {len(seen)}\n")
        lines.append(Line(f"flips beside {side}", f"of {len(seen)}", (flips,), Reach(0)))
    return Finding(tuple(lines), tuple(notes))


def _table(wanted: list[tuple[Request, Verdict]], seen: list[Seen]) -> list[str]:
    told = [_HEAD]
    for index, (request, expected) in enumerate(wanted):
        own = [each for each in seen if each.index == index]
        parts = [each.part for each in own]
        flips = [each for each in own if each.verdict is not expected]
        assert request.submission is not None
        told.append(_ROW.format(
            request.submission.label, len(own), expected, len(flips), f"{min(parts):.2f}",
            f"{statistics.median(parts):.2f}", f"{max(parts):.2f}",
            sum(each.again for each in own), sum(each.alone for each in own)))
        told += [f"    {each.verdict} at {each.part:.2f}: {each.message}" for each in flips[:5]]
    return told
