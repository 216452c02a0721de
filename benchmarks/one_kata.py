"""One submission: judged warm, with a fresh worker for each of ten tests, against fresh pytest.

CPU seconds are those of every process involved, by the kernel's accounting. Contenders take
turns in each round:

    judge     a batch of judgements by one warm engine, mean of the batch; all together take
              about as long as one pytest, so a slow moment of the machine weighs the same
    trimmed   `python -m pytest`, no foreign plugins, no cache provider, no bytecode written
    plain     `python -m pytest` as typed, with the plugins that this environment holds

pytest runs in one process without a sandbox; the judge runs each test in a sandbox of its own.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import accounting, breakdown, material
from benchmarks.results import Finding, Line, Reach, ratios
from benchmarks.settings import Settings
from benchmarks.warm import WarmJudge
from graders.model import Verdict


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return cost, ratios, and where the time of one judgement goes."""
    kata = material.kata(material.SPANS)
    text = material.source(material.SPANS)
    request = material.request(kata, text)
    folder = material.checkout(scratch / "pytest", kata.slug, text)
    accounting.run(material.PLAIN, folder, material.plain_environment())  # its bytecode
    rounds: dict[str, list[accounting.Cost]] = {"judge": [], "trimmed": [], "plain": []}
    with WarmJudge(scratch / "store", 1, request) as warm:
        for _ in range(settings.rounds):
            rounds["judge"].append(warm.batch([(request, Verdict.ACCEPTED)] * settings.batch))
            rounds["trimmed"].append(
                accounting.run(material.TRIMMED, folder, material.trimmed_environment()))
            rounds["plain"].append(
                accounting.run(material.PLAIN, folder, material.plain_environment()))
    parts = breakdown.measure(settings, scratch / "traced", request)
    return Finding((*_lines(rounds), *parts.lines), parts.notes)


def _lines(rounds: dict[str, list[accounting.Cost]]) -> list[Line]:
    cpu_s = {name: [cost.cpu_s for cost in costs] for name, costs in rounds.items()}
    wall_s = {name: [cost.wall_s for cost in costs] for name, costs in rounds.items()}
    lines = [Line(f"CPU of one submission, {name}", "ms", tuple(1e3 * each for each in samples))
             for name, samples in cpu_s.items()]
    lines += [Line(f"wall of one submission, {name}", "ms", tuple(1e3 * each for each in samples))
              for name, samples in wall_s.items()]
    best = min(cpu_s["judge"]) / min(cpu_s["trimmed"])
    lines += [
        Line("CPU, judge / trimmed pytest", "x", ratios(cpu_s["judge"], cpu_s["trimmed"]),
             Reach(0.3)),
        Line("  the same, smallest / smallest", "x", (best,), Reach(0.3)),
        Line("CPU, judge / plain pytest", "x", ratios(cpu_s["judge"], cpu_s["plain"])),
        Line("wall, judge / trimmed pytest", "x", ratios(wall_s["judge"], wall_s["trimmed"])),
        Line("wall, judge / plain pytest", "x", ratios(wall_s["judge"], wall_s["plain"])),
    ]
    return lines
