"""A cohort: 100 different submissions of one kata on all cores, against a pytest process each.

Seven in ten are right, two wrong, one too slow. Each round takes its share of the cohort through
`Judge.judge_many` on a warm engine, and through fresh pytest processes, as many at a time as the
engine has jobs; plain and trimmed are those of `one_kata`. A submission that is too slow ends at
its limit under the judge and runs to its end under pytest, which has no such limit.
"""

from __future__ import annotations

import functools
import time
from pathlib import Path

from benchmarks import accounting, material, pool
from benchmarks.results import Finding, Line, Reach, ratios
from benchmarks.settings import Settings
from benchmarks.warm import WarmJudge, check
from graders.judge.request import Request
from graders.model import Verdict

_MIX = ("", "", "wrong_", "", "", "slow_", "", "wrong_", "", "")  # "": the right solution
_VERDICTS = {"": Verdict.ACCEPTED, "wrong_": Verdict.WRONG_ANSWER,
             "slow_": Verdict.TIME_LIMIT_EXCEEDED}
_ROUNDS = 5  # at most; 100 submissions are then 20 in each


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return submissions a second of each contender, and the ratios."""
    kata = material.kata(material.SPANS)
    kinds = [_MIX[i % len(_MIX)] for i in range(settings.submissions)]
    texts = [f"{material.source(kata.slug, kind)}\n# submission {i}\n"
             for i, kind in enumerate(kinds)]
    requests = [material.request(kata, text, str(i)) for i, text in enumerate(texts)]
    folders = [material.checkout(scratch / "pytest" / str(i), kata.slug, text)
               for i, text in enumerate(texts)]
    rounds = min(_ROUNDS, settings.rounds, settings.submissions)
    speed: dict[str, list[float]] = {"judge": [], "trimmed": [], "plain": []}
    with WarmJudge(scratch / "store", settings.jobs, requests[0]) as warm:
        for share in (slice(i, None, rounds) for i in range(rounds)):
            count = len(kinds[share])
            wall_s = _judge(warm, requests[share], kinds[share])
            speed["judge"].append(count / wall_s)
            wall_s = _pytest(settings.jobs, folders[share], material.TRIMMED,
                             material.trimmed_environment())
            speed["trimmed"].append(count / wall_s)
            wall_s = _pytest(settings.jobs, folders[share], material.PLAIN,
                             material.plain_environment())
            speed["plain"].append(count / wall_s)
        start_s, factor = warm.start_s, warm.engine.factor
    return Finding(_lines(speed), (
        f"{settings.submissions} submissions, {settings.jobs} at a time, "
        f"{kinds.count('')} right, {kinds.count('wrong_')} wrong, {kinds.count('slow_')} slow; "
        f"starting the engine, once and not counted: {start_s:.2f} s; machine "
        f"factor {factor:.2f}",))


def _judge(warm: WarmJudge, requests: list[Request], kinds: list[str]) -> float:
    began_s = time.perf_counter()
    for position, report in warm.judge.judge_many(requests):
        check(report, _VERDICTS[kinds[position]])
    return time.perf_counter() - began_s


def _pytest(jobs: int, folders: list[Path], command: list[str],
            environment: dict[str, str]) -> float:
    return pool.wall_s(jobs, [
        functools.partial(accounting.run, command, folder, environment, expected=(0, 1))
        for folder in folders])


def _lines(speed: dict[str, list[float]]) -> tuple[Line, ...]:
    return (
        *(Line(f"submissions a second, {name}", "/s", tuple(samples),
               Reach(15, at_most=False) if name == "judge" else None)
          for name, samples in speed.items()),
        Line("throughput, judge / plain pytest", "x", ratios(speed["judge"], speed["plain"]),
             Reach(5, at_most=False)),
        Line("throughput, judge / trimmed pytest", "x", ratios(speed["judge"], speed["trimmed"])),
    )
