"""A judge that tells what a Report leaves out: how often a test was run again, and judged alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.warm import keep_speed
from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import Verdict


@dataclass(frozen=True, slots=True)
class Seen:
    """One judgement."""

    index: int  # of the request
    verdict: Verdict
    part: float  # CPU / limit of its test, as the Report has it
    again: int  # further runs of the test
    alone: bool
    message: str


class CountingJudge(Judge):
    """Judges requests many times over, in an order of its own."""

    def __init__(self, store: Path, jobs: int) -> None:
        keep_speed(store)
        super().__init__(store, jobs=jobs, use_cache=False, store=store)
        self.runs: dict[int, int] = {}
        self.alone: set[int] = set()

    @property
    def factor(self) -> float:
        """The machine's factor, as far as it is known by now."""
        return self._factor

    def _send(self, engine: Any, case: Any) -> None:
        if case.alone:
            self.alone.add(case.index)
        super()._send(engine, case)

    def _finished(self, case: Any, narrations: Any) -> Any:
        self.runs[case.index] = sum(each.runs - 1 for told in narrations for each in told.outcomes)
        return super()._finished(case, narrations)

    def many(self, requests: list[Request], times: int, seed: int = 40) -> Iterator[Seen]:
        """Judge each request `times` times, mixed: phases of the machine meet all alike."""
        order = [index for index in range(len(requests)) for _ in range(times)]
        random.Random(seed).shuffle(order)
        self.runs, self.alone = {}, set()
        for place, report in self.judge_many([requests[index] for index in order]):
            test = report.tests[0]
            told = report.message or test.message
            yield Seen(order[place], report.verdict, test.cpu_s / test.limit_s,
                       self.runs.get(place, 0), place in self.alone, told)
