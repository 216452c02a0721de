"""The pytest plugin of the judge child: a fresh worker for each test, facts above outcomes.

It narrates: each test becomes one Outcome, written out before the next begins. It decides
nothing; verdict.py does that from what is narrated.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from graders.judge import clock, granted, runner, telling
from graders.judge.calls import CompileError
from graders.judge.facts import Fact, TooSlow
from graders.judge.guard import Guard
from graders.judge.link import OUTPUT_CAP, OUTPUT_TAIL, Link
from graders.judge.records import ABNORMAL, NOT_LOADED, Job, Outcome
from graders.model import Failure, Group, Status
from graders.phrases import phrase

ABNORMAL_ENDS = 2  # after so many in one submission the rest is not run
RERUNS = 3
DISTURBED_RERUNS = 2
_NO_THREAD = "can't start new thread"  # Python's words; the machine may be short of them
# What a person, a scheduler or the kernel's memory killer sends; a fault of the code sends others.
_FROM_OUTSIDE = (signal.SIGINT, signal.SIGTERM, *(
    getattr(signal, name) for name in ("SIGHUP", "SIGQUIT", "SIGKILL") if hasattr(signal, name)))
_BUDGET_CAP_S = 120.0


@dataclass
class Attempt:
    """What one run of one test left behind."""

    phases: list[str] = field(default_factory=list)
    errors: dict[str, BaseException] = field(default_factory=dict)


class JudgePlugin:
    """Runs the collected tests in the judge's order, each against its own worker."""

    def __init__(self, job: Job, link: Link, emit: Callable[[dict[str, Any]], None]) -> None:
        self.job, self.link, self.emit = job, link, emit
        self.comparisons = telling.Comparisons()
        self.failed_stages: set[int] = set()
        self.right_stages: set[int] = set()  # that have correctness tests of their own
        self.abnormal = 0
        self.stopped = job.stopped
        self.spent_s = 0.0
        self.share = 0.0  # the last run's larger part of a limit: the test's, or loading's
        self.budget_s = _BUDGET_CAP_S
        self.attempt = Attempt()
        self.guard = Guard(self._too_long)
        if job.alone:
            clock.wait_for_calm(link.factor)

    # -- order -----------------------------------------------------------------------------

    def order(self, items: list[pytest.Item]) -> None:
        """Correctness before performance, suite order otherwise; tell what is expected."""
        items.sort(key=lambda item: place_of(item)[1] is Group.PERF)
        told = [(_name(item), *place_of(item)) for item in items]
        self.right_stages = {stage for _, stage, group in told if group is Group.CORRECTNESS}
        total_s = sum(self.job.kata.limits.for_test(name, group) for name, _, group in told)
        self.budget_s = min(_BUDGET_CAP_S, 3 * (total_s + self.job.kata.limits.load_cpu_s))
        self.emit({"expected": [[name, stage, str(group)] for name, stage, group in told]})

    # -- one test --------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Judge one test, again where it ended just above its limit or in cold memory."""
        stage, group = place_of(item)
        if not self.stopped and group is Group.PERF and (why := self._unearned(stage)):
            outcome = self._not_run(item, why)
        elif self.stopped:
            outcome = self._not_run(item, self.stopped)
        elif self.spent_s > self.budget_s:
            self.stopped = phrase(
                "the submission had used {spent_s} s of CPU before; in all it may use {budget_s} "
                "s, three times its limits together", spent_s=f"{self.spent_s:.1f}",
                budget_s=f"{self.budget_s:.1f}")
            outcome = replace(self._not_run(item, self.stopped), fact=Status.TIME_LIMIT)
        else:
            outcome = self._judge(item, nextitem)
            if outcome.phases == NOT_LOADED:
                self.stopped = phrase("the module could not be loaded")
        if not passed(outcome):
            if group is Group.CORRECTNESS:
                self.failed_stages.add(stage)
            self.abnormal += outcome.fact in ABNORMAL and not isinstance(self.link.fact, TooSlow)
            if self.abnormal >= ABNORMAL_ENDS and not self.stopped:
                self.stopped = phrase("{count} tests had ended abnormally before",
                                      count=ABNORMAL_ENDS)
        self.emit({"outcome": outcome})
        return True

    def _unearned(self, stage: int) -> str:
        """Return why a performance test of a stage is not run; "" where it is."""
        if self._is_wrong(stage):
            return phrase("a correctness test of its stage failed")
        if self.abnormal + self.job.abnormal >= ABNORMAL_ENDS:
            return phrase("{count} tests had ended abnormally before", count=ABNORMAL_ENDS)
        return ""

    def _is_wrong(self, stage: int) -> bool:
        """Whether a stage is not right; one of performance tests alone builds on those before."""
        if stage in self.job.failed_stages:
            return True
        while stage not in self.right_stages and stage > 1:
            stage -= 1
        return stage in self.failed_stages

    def _judge(self, item: pytest.Item, nextitem: pytest.Item | None) -> Outcome:
        outcome = self._undisturbed(item, nextitem)
        over_s = max(outcome.cpu_s - outcome.limit_s,
                     self.link.load_cpu_s - self.job.kata.limits.load_cpu_s)
        if outcome.fact is Status.TIME_LIMIT and clock.may_be_cold(
                over_s, outcome.peak_mib, self.link.factor):
            outcome = self._undisturbed(item, nextitem)  # in the memory that is warm now
        if self.share < clock.WORTH_A_PACE:
            return outcome
        pace = self._pace()
        if outcome.fact is Status.TIME_LIMIT and outcome.cpu_s > outcome.limit_s:
            return self._stopped(outcome, pace)
        least = self.share / min(pace, 1.0)
        outcome = replace(outcome, cpu_s=outcome.cpu_s / min(pace, 1.0))
        if not passed(outcome) or least <= 1:
            return outcome
        for run in range(2, 2 + RERUNS):  # between 1.0 and 1.4 of its limit
            before = max(self._pace(), 1.0)
            again = self._run(item, nextitem)
            pace = min(before, self._pace())
            if again.fact is Status.TIME_LIMIT and again.cpu_s > again.limit_s:
                again = self._stopped(again, pace)
            if not passed(again):
                return replace(again, runs=run)
            least = min(least, self.share / min(pace, clock.LOAD_CAP))
            if least <= 1:
                return replace(again, cpu_s=min(again.cpu_s, again.limit_s), runs=run)
            self._ask_for_quiet(pace)
        return self._too_slow(outcome, least)

    def _undisturbed(self, item: pytest.Item, nextitem: pytest.Item | None) -> Outcome:
        """Run a test; again where a signal that anybody may have sent decided it.

        A submission that sends it to itself does so every time. What the kernel killed each time
        for want of memory, though it was within its limit, is the machine's fault.
        """
        for run in range(1, 2 + DISTURBED_RERUNS):
            outcome = replace(self._run(item, nextitem), runs=run)
            if passed(outcome) or not self.link.disturbed:
                return outcome
            if run == 1:
                killed_before = runner.memory_kills()
        if outcome.fact is Status.CRASHED and runner.memory_kills() != killed_before:
            text = "the machine has too little free memory and killed the submission"
            return replace(outcome, fact=None, judge_fault=text)
        if outcome.learner_raised and not self._threads_can_start():
            return replace(outcome, judge_fault="the machine lets no more threads be started")
        return outcome

    def _threads_can_start(self) -> bool:
        try:
            granted.start_threads(self.job.kata.threads + self.job.kata.processes)
        except RuntimeError:
            return False
        return True

    def _pace(self) -> float:
        """Return the machine's pace, the worker being dead; a factor too large is mended."""
        factor = self.link.factor
        pace = clock.pace(factor)
        if pace < 1:
            self.link.factor = pace * factor
            self.emit({"factor": self.link.factor})
        return pace

    def _stopped(self, outcome: Outcome, pace: float) -> Outcome:
        """Return `outcome`, over its limit by so much that it was stopped, as it is or as a fault.

        On a machine that stays HOPELESS even when nothing runs beside the job, it may have been
        well within its limit.
        """
        self._ask_for_quiet(pace)
        if pace < clock.HOPELESS or not (self.job.alone and self.job.last):
            return outcome
        return replace(outcome, fact=None, fact_text="", judge_fault=phrase(
            "the machine takes {pace} times as long for the same work as it can; no verdict by "
            "time can be trusted", pace=f"{pace:.1f}"))

    def _too_slow(self, outcome: Outcome, least: float) -> Outcome:
        """Return `outcome` as stopped: the best of all runs took `least` times the limit."""
        load_s, runs = self.job.kata.limits.load_cpu_s, 1 + RERUNS
        if outcome.cpu_s > outcome.limit_s:
            cpu_s = least * outcome.limit_s
            text = phrase("used {used_s} s CPU in the best of {runs} runs; the limit is "
                          "{limit_s} s", used_s=f"{cpu_s:.2f}", runs=runs,
                          limit_s=f"{outcome.limit_s:g}")
        else:
            cpu_s = max(outcome.cpu_s, least * load_s)
            text = phrase("loading the module used {used_s} s CPU in the best of {runs} runs; the "
                          "limit is {limit_s} s", used_s=f"{least * load_s:.2f}", runs=runs,
                          limit_s=f"{load_s:g}")
        return replace(outcome, cpu_s=cpu_s, runs=1 + RERUNS, fact=Status.TIME_LIMIT,
                       fact_text=text, failure=Failure(message=text))

    def _ask_for_quiet(self, load: float) -> None:
        """Above the cap no verdict by time can be trusted: have the job judged again, alone."""
        if load > clock.LOAD_CAP and not (self.job.alone and self.job.last):
            self.emit({"busy": True})

    def _run(self, item: pytest.Item, nextitem: pytest.Item | None) -> Outcome:
        limit_s = self.job.kata.limits.for_test(_name(item), place_of(item)[1])
        began_s = time.monotonic()
        self.attempt, self.comparisons.last = Attempt(), None
        load_error: BaseException | None = None
        self.guard.arm(self.job.judge_cpu_s)
        try:
            self.link.begin(_name(item), limit_s)
            runtestprotocol(item, log=False, nextitem=nextitem)
        except (Fact, Exception) as error:
            load_error = error
            if isinstance(error, Fact):
                self.link.fact = self.link.fact or error
        finally:
            self.guard.disarm()
        return self._close(item, limit_s, began_s, load_error)

    def _too_long(self, number: int, frame: object) -> None:
        self.link.fact = self.link.fact or Fact(
            Status.TIME_LIMIT, phrase("comparing or printing its results took the judge too long"))
        raise self.link.fact

    def _close(self, item: pytest.Item, limit_s: float, began_s: float,
               load_error: BaseException | None) -> Outcome:
        stage, group = place_of(item)
        link = self.link
        fault = ""
        size, tail = 0, ""
        try:
            size, tail = link.runner.output(OUTPUT_TAIL)
            gone = link.end()
            cpu_s, peak_mib = gone.cpu_s, gone.peak_mib
            self.spent_s += cpu_s + link.load_cpu_s
            self.share = max(cpu_s / limit_s, link.load_cpu_s / link.kata.limits.load_cpu_s)
            if link.fact and link.fact.status is Status.CRASHED and not link.fact.text:
                link.fact.text = _ended(gone.signal, gone.code)
                link.disturbed = link.disturbed or gone.signal in _FROM_OUTSIDE
        except Fact as lost:
            link.fact, cpu_s, peak_mib = lost, 0.0, 0.0
        if size > OUTPUT_CAP and not link.fact:
            link.fact = Fact(Status.OUTPUT_LIMIT, phrase(
                "printed {size} MiB; at most {most} MiB", size=size >> 20, most=OUTPUT_CAP >> 20))
        error = load_error or next(iter(self.attempt.errors.values()), None)
        link.disturbed |= isinstance(error, RuntimeError) and error.args == (_NO_THREAD,)
        if isinstance(load_error, CompileError):
            self.emit({"compile_error": str(load_error)})
        fact, text = (link.fact.status, link.fact.text) if link.fact else (None, "")
        if fact is Status.JUDGE_ERROR:
            fact, fault = None, text
        elif error is not None and not isinstance(error, Fact) and not fact:
            fault = self._fault(error, load_error)
        raised = ""
        if error is not None and link.trail.frames_of(error) is not None:
            raised = type(error).__name__
        failure = Failure() if error is None else telling.tell(
            error, link.trail, self.comparisons.last, link.kata.slug)
        if fact and error is None:
            failure = Failure(call=link.trail.text(), message=text)
        phases = NOT_LOADED if load_error is not None else tuple(self.attempt.phases)
        return Outcome(_name(item), stage, group, self.job.hidden, phases, fact, text, raised,
                       link.met_untouched, fault, failure, tail, cpu_s, limit_s,
                       time.monotonic() - began_s, peak_mib)

    def _fault(self, error: BaseException, load_error: BaseException | None) -> str:
        """Return a judge fault's text: trouble in set-up or in the judge's own code."""
        if self.link.trail.frames_of(error) is not None or isinstance(error, CompileError):
            return ""
        ours = _innermost(error).startswith(_OURS)
        # In set-up only what no submission can have touched is the judge's fault.
        in_setup = self.attempt.phases[:1] == ["failed"] and not (
            self.link.trail.recent or self.link.used_workdir or self.link.services.runners)
        told = (AssertionError, TypeError, StopIteration)  # what the proxies raise on purpose
        if load_error is not None or in_setup or (ours and not isinstance(error, told)):
            return f"{type(error).__name__}: {error} ({_innermost(error)})"
        return ""

    def _not_run(self, item: pytest.Item, why: str) -> Outcome:
        stage, group = place_of(item)
        limit_s = self.job.kata.limits.for_test(_name(item), group)
        return Outcome(_name(item), stage, group, self.job.hidden, (), Status.NOT_RUN, why, "",
                       False, "", Failure(message=why), "", 0.0, limit_s, 0.0, 0.0, 0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Keep the outcome of each phase, and the exception that ended it."""
        report: Any = yield
        self.attempt.phases.append(report.outcome)
        if call.excinfo is not None:
            self.attempt.errors.setdefault(call.when, call.excinfo.value)
        return report


_OURS = __file__.removesuffix("plugin.py")


def passed(outcome: Outcome) -> bool:
    """Whether every phase passed and no fact stands against it."""
    return (outcome.fact is None and not outcome.judge_fault and len(outcome.phases) == 3
            and set(outcome.phases) == {"passed"})


@cache
def place_of(item: pytest.Item) -> tuple[int, Group]:
    """Return the stage and the group of a test; a template asks for all of them once."""
    marker = item.get_closest_marker("stage")
    stage = int(marker.args[0]) if marker and marker.args else 1
    return stage, Group.PERF if item.get_closest_marker("perf") else Group.CORRECTNESS


def _name(item: pytest.Item) -> str:
    """Return the test's name within its file: classes may have tests of one name."""
    return item.nodeid.split("::", 1)[-1]


def _innermost(error: BaseException) -> str:
    step, name = error.__traceback__, ""
    while step is not None:
        name = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}"
        step = step.tb_next
    return name


def _ended(number: int, code: int) -> str:
    if number:
        return phrase("the process was ended by signal {number} ({name})", number=number,
                      name=runner.signal_name(number))
    return phrase("the process ended itself with exit code {code}", code=code)
