"""Verdicts that are known already: how many a second come out of the cache.

Different submissions of one kata are judged once; then they are asked for again in turns, of a
Judge that has no engine (a second `grade`) and of one that has.
"""

from __future__ import annotations

import itertools
import time
from pathlib import Path

from benchmarks import material
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import Settings
from benchmarks.warm import check
from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import Verdict

_DIFFERENT = 20


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return cache hits a second."""
    kata = material.kata(material.SPANS)
    text = material.source(material.SPANS)
    different = range(min(_DIFFERENT, settings.hits))
    requests = [material.request(kata, f"{text}\n# submission {i}\n") for i in different]
    cold: list[float] = []
    warm: list[float] = []
    with Judge(scratch, jobs=settings.jobs, store=scratch) as judge:
        for _, report in judge.judge_many(requests):
            check(report, Verdict.ACCEPTED)
        known = [request for request in requests if _known(judge, request)]
        for _ in range(settings.rounds):
            with Judge(scratch, store=scratch) as without_engine:
                cold.append(_hits_a_second(without_engine, known, settings.hits))
            warm.append(_hits_a_second(judge, known, settings.hits))
    return Finding((
        Line("hits a second, no engine", "/s", tuple(cold), Reach(1000, at_most=False)),
        Line("hits a second, warm engine", "/s", tuple(warm), Reach(1000, at_most=False)),
    ), (f"{len(known)} different submissions in turns, {settings.hits} hits a round",))


def _known(judge: Judge, request: Request) -> bool:
    """Whether the cache kept it: near a limit, on a busy machine say, it does not."""
    return judge._known(judge._case(0, request)) is not None


def _hits_a_second(judge: Judge, known: list[Request], hits: int) -> float:
    asked = list(itertools.islice(itertools.cycle(known), hits))
    began_s = time.perf_counter()
    for _, report in judge.judge_many(asked):
        check(report, Verdict.ACCEPTED)
    return hits / (time.perf_counter() - began_s)
