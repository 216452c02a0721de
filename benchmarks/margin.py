"""Where a verdict by time becomes unsure: submissions at 0.4 to 2.2 of a limit, judged in turns.

Prints for each part of the limit how many of the judgements were ACCEPTED, in each company, and
the interval in which both verdicts occur. "mixed" work is like what the machine's speed is
measured with, "memory" reads all over 32 MiB.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks import hogs, material, work
from benchmarks.counting import CountingJudge
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import Settings
from graders.judge.clock import SURE
from graders.model import Verdict

PARTS = tuple(part / 10 for part in range(4, 23))
_SIDES = ("quiet", "loops", "memory", "grade")
_ROW = "{:<16}" + " {:>5}" * len(PARTS)


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return the interval in which both verdicts occur, over all companies and kinds of work."""
    kata = material.kata(material.BUSY)
    notes = [f"ACCEPTED of {settings.samples}, by part of the limit of "
             f"{kata.limits.test_cpu_s} s",
             _ROW.format("work, beside", *PARTS)]
    unsure: list[float] = []
    faults = 0
    for kind in work.KINDS:
        per_s = work.units_per_s(kind)
        requests = [work.taking(kata, part, kind, per_s) for part in PARTS]
        for side in _SIDES:
            accepted: dict[int, int] = defaultdict(int)
            with CountingJudge(scratch / f"{kind} {side}", settings.jobs) as judge:
                judge.judge(requests[0])
                with hogs.beside(side):
                    for seen in judge.many(requests, settings.samples):
                        accepted[seen.index] += seen.verdict is Verdict.ACCEPTED
                        faults += seen.verdict is Verdict.JUDGE_ERROR
            counts = [accepted[index] for index in range(len(PARTS))]
            notes.append(_ROW.format(f"{kind}, {side}", *counts))
            unsure += _unsure(counts, settings.samples)
    ends = (min(unsure, default=1.0), max(unsure, default=1.0))
    return Finding((
        Line("lowest part that is not always ACCEPTED", "of limit", (ends[0],),
             Reach(SURE[0], at_most=False)),
        Line("highest part that is ever ACCEPTED", "of limit", (ends[1],), Reach(SURE[1])),
        Line("judgements withheld as JUDGE_ERROR", "", (faults,), Reach(0)),
    ), tuple(notes))


def _unsure(counts: list[int], of: int) -> list[float]:
    """Return the parts up to 1 that were ever refused, and those above that were ever accepted."""
    return [part for part, count in zip(PARTS, counts, strict=True)
            if (count < of if part <= 1 else count)]
