"""A warm judge whose whole process tree can be measured."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from types import TracebackType

from benchmarks.accounting import Cost, settle, tree_cpu_s
from graders.judge.cache import default_store
from graders.judge.engines import ForkEngine
from graders.judge.judge import Judge
from graders.judge.machine import machine_id
from graders.judge.request import Request
from graders.model import Report, Verdict


class WarmJudge:
    """One engine, started and used once; nothing is taken from the verdict cache."""

    def __init__(self, store: Path, jobs: int, first: Request) -> None:
        keep_speed(store)
        self.judge = Judge(store, jobs=jobs, use_cache=False, store=store)
        began_s = time.perf_counter()
        self.ask(first, Verdict.ACCEPTED)
        self.start_s = time.perf_counter() - began_s
        self.ask(first, Verdict.ACCEPTED)  # the first one wrote bytecode, this one reads it

    def __enter__(self) -> WarmJudge:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.judge.close()

    @property
    def engine(self) -> ForkEngine:
        """The engine; there is one, since something has been judged."""
        assert isinstance(self.judge.engine, ForkEngine)
        return self.judge.engine

    def ask(self, request: Request, expected: Verdict) -> Report:
        """Judge one request. Raises RuntimeError for another verdict than the expected one."""
        report = self.judge.judge(request)
        check(report, expected)
        return report

    def cpu_s(self) -> float:
        """Return the CPU seconds so far of engine, judge children, nursery, Inits and workers."""
        settle(self.engine.nursery)
        return tree_cpu_s(self.engine.pid)

    def batch(self, requests: list[tuple[Request, Verdict]]) -> Cost:
        """Judge one after the other; return the mean cost of one, this process's part included."""
        before_s, own_s, began_s = self.cpu_s(), time.process_time(), time.perf_counter()
        for request, expected in requests:
            self.ask(request, expected)
        wall_s, own_s = time.perf_counter() - began_s, time.process_time() - own_s
        return Cost((self.cpu_s() - before_s + own_s) / len(requests), wall_s / len(requests))


def keep_speed(store: Path) -> None:
    """Give a store of our own what is known of this machine's speed, if anything is.

    Measured anew on a busy machine it can come out three times too slow, and all limits with it.
    """
    known = default_store() / f"speed-{machine_id()}.json"
    if known.is_file():
        store.mkdir(parents=True, exist_ok=True)
        shutil.copy(known, store)


def check(report: Report, expected: Verdict) -> None:
    """Raise RuntimeError unless the verdict is as expected: a wrong one is not worth timing."""
    if report.verdict is not expected:
        first = report.first_failure
        raise RuntimeError(f"{report.kata}: {report.verdict}, not {expected}: "
                           f"{report.message or (first and first.message)}")
