"""Where the CPU of one judgement goes: an engine with clocks in it judges the same submission.

The parts come from processes that carry the clocks of benchmarks/tracing; their sums are held
against the kernel's totals, and what no clock saw is a part of its own ("unseen": page faults
and exit of a process after its last entry). Clocks cost something too: see the first line.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from pathlib import Path

from benchmarks import accounting
from benchmarks.results import Finding, Line
from benchmarks.settings import Settings
from benchmarks.tracing.start import instead
from benchmarks.warm import WarmJudge
from graders.judge.request import Request
from graders.model import Verdict

_SMALLEST_MS = 0.15  # parts below this are summed up
_ORDER = ("engine", "template", "judge child", "nursery", "joiner", "Init", "worker")
Parts = dict[tuple[str, str], float]  # (process, part) -> CPU ms


def measure(settings: Settings, scratch: Path, request: Request) -> Finding:
    """Judge with clocks; return a line for each part, in ms of CPU for one submission."""
    scratch.mkdir(parents=True)
    trace = scratch / "trace"
    trace.touch()
    samples: list[Parts] = []
    costs: list[accounting.Cost] = []
    with instead("graders.judge.engine", str(trace)):
        warm = WarmJudge(scratch / "store", 1, request)
    with warm:
        for _ in range(settings.rounds):
            warm.cpu_s()
            begin = trace.stat().st_size
            costs.append(warm.batch([(request, Verdict.ACCEPTED)] * settings.batch))
            samples.append(_parts(trace.read_bytes()[begin:], settings.batch))
    return Finding(tuple(_lines(samples, costs)))


def _parts(written: bytes, count: int) -> Parts:
    """Return the mean of `count` submissions from the lines that their processes wrote."""
    parts: Parts = defaultdict(float)
    for line in written.splitlines():
        record = json.loads(line)
        for part, (cpu_s, _) in record["parts"].items():
            parts[record["role"], part] += 1e3 * cpu_s / count
        for total, role in (("judge_child_cpu_s", "judge child"), ("worker_cpu_s", "worker")):
            if total in record:
                parts[role, "unseen"] += 1e3 * record[total] / count
    for role in ("judge child", "worker"):  # so far the whole of it
        parts[role, "unseen"] -= sum(
            ms for (owner, part), ms in parts.items() if owner == role and part != "unseen")
    return dict(parts)


def _lines(samples: list[Parts], costs: list[accounting.Cost]) -> list[Line]:
    lines = [Line("with clocks: CPU of one submission", "ms",
                  tuple(1e3 * cost.cpu_s for cost in costs))]
    keys = sorted({key for parts in samples for key in parts}, key=lambda key: (
        _ORDER.index(key[0]), -statistics.median(each.get(key, 0.0) for each in samples)))
    small = [0.0] * len(samples)
    for key in keys:
        each = tuple(parts.get(key, 0.0) for parts in samples)
        if statistics.median(each) >= _SMALLEST_MS:
            lines.append(Line(f"  {key[0]}: {key[1]}", "ms", each))
        else:
            small = [a + b for a, b in zip(small, each, strict=True)]
    lines.append(Line("  parts below 0.15 ms, together", "ms", tuple(small)))
    left = tuple(1e3 * cost.cpu_s - sum(parts.values())
                 for cost, parts in zip(costs, samples, strict=True))
    lines.append(Line("  client, nursery, exits of joiner and Init", "ms", left))
    return lines
