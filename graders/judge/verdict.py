"""The verdict: a pure function of what was expected, what was seen, and the limits.

    facts of the judge child  >  outcome of the phases  >  clocks
    first failing test of the first unfinished stage names the verdict, in suite order (visible,
    hidden, then performance)

Reads nothing, runs nothing; every rule here is DESIGN's section on verdicts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from graders.judge.clean import clean, clean_failure
from graders.judge.records import ABNORMAL, NOT_LOADED, Narration, Outcome
from graders.model import (
    Failure,
    Group,
    GrowthRow,
    Kata,
    Stage,
    StageResult,
    Status,
    TestResult,
    Text,
    Verdict,
    first_failure,
)
from graders.phrases import phrase

_WORDS = {
    Status.FAILED: Verdict.WRONG_ANSWER,
    Status.RUNTIME_ERROR: Verdict.RUNTIME_ERROR,
    Status.CRASHED: Verdict.RUNTIME_ERROR,
    Status.TIME_LIMIT: Verdict.TIME_LIMIT_EXCEEDED,
    Status.MEMORY_LIMIT: Verdict.MEMORY_LIMIT_EXCEEDED,
    Status.OUTPUT_LIMIT: Verdict.OUTPUT_LIMIT_EXCEEDED,
    Status.NOT_STARTED: Verdict.NOT_STARTED,
    Status.JUDGE_ERROR: Verdict.JUDGE_ERROR,
}
_NOT_RUN = phrase("not run")
_WHOLE = Stage(Text("All of it", "全部"), 100)


@dataclass(frozen=True, slots=True)
class Decision:
    """What verdict.decide says; judge.py adds hashes and machine to make the Report."""

    verdict: Verdict
    points: float
    stages: tuple[StageResult, ...]
    tests: tuple[TestResult, ...]
    growth: tuple[GrowthRow, ...]
    message: str


def decide(kata: Kata, narrations: tuple[Narration, ...]) -> Decision:
    """Return the decision on the narrations of the visible suite and, if run, the hidden one."""
    rows = [row for place, each in enumerate(narrations) for row in _rows(each, place > 0)]
    tests = _in_suite_order(rows)
    stages = tuple(_stage(kata, number, tests) for number in range(1, len(_stages(kata)) + 1))
    verdict, message = _verdict(narrations, tests)
    growth = tuple(GrowthRow(clean(row.name, 200), row.sizes, row.cpu_s, row.exponent,
                             clean(row.label, 200)) for each in narrations for row in each.growth)
    points = round(sum(stage.earned for stage in stages), 2)
    if verdict is Verdict.JUDGE_ERROR:
        points = 0.0  # withheld: JUDGE_ERROR is listed, never marked
    rounded = tuple(StageResult(s.title, s.points, round(s.earned, 2), s.passed, s.tests, s.started)
                    for s in stages)
    return Decision(verdict, points, rounded, tests, growth, message)


def known_of(sealed: Narration | None, whole: bool) -> dict[str, Any]:
    """Return what the hidden suite's judge child is told of the visible suite's narration.

    By it that leaves out what earns nothing any more: tests of a module that did not load, and
    performance tests of a wrong stage or after two abnormal ends. `whole`: nothing is left out.
    """
    outcomes = sealed.outcomes if sealed is not None and not whole else ()
    failed = {each.stage for each in outcomes
              if each.group is Group.CORRECTNESS and status_of(each) is not Status.PASSED}
    # What growth alone found too slow has kept its limit, and ended as it should.
    abnormal = sum(each.fact in ABNORMAL and (
        each.fact is not Status.TIME_LIMIT or each.cpu_s > each.limit_s) for each in outcomes)
    loaded = all(each.phases != NOT_LOADED for each in outcomes)
    return {"failed_stages": tuple(sorted(failed)), "abnormal": abnormal,
            "stopped": "" if loaded else phrase("the module could not be loaded")}


def _stages(kata: Kata) -> tuple[Stage, ...]:
    return kata.stages or (_WHOLE,)


def _rows(narration: Narration, hidden: bool) -> list[TestResult]:
    """Return one row per expected test: exactly one outcome each, nothing unexpected.

    Stage and group are the collection's, which is trusted.
    """
    hidden = hidden or any(outcome.hidden for outcome in narration.outcomes)
    seen = Counter(outcome.name for outcome in narration.outcomes)
    wanted = Counter(name for name, _, _ in narration.expected)
    by_name = {outcome.name: outcome for outcome in narration.outcomes}
    rows = []
    for name, stage, group in narration.expected:
        if seen[name] == wanted[name] == 1:
            rows.append(replace(_row(by_name[name]), stage=stage, group=group))
        elif not seen[name]:
            rows.append(_odd(name, stage, group, hidden, _NOT_RUN))
        else:
            often = phrase("reported {count} times", count=seen[name])
            rows.append(_odd(name, stage, group, hidden, often))
    rows += [_odd(name, 1, Group.CORRECTNESS, hidden, phrase("reported, but not expected"))
             for name in seen if name not in wanted]
    return rows


def _odd(name: str, stage: int, group: Group, hidden: bool, text: str) -> TestResult:
    status = Status.NOT_RUN if text == _NOT_RUN else Status.FAILED
    return TestResult(clean(name, 200), status, stage, group, hidden, 0.0, 0.0, text)


def _row(outcome: Outcome) -> TestResult:
    status = status_of(outcome)
    failure = clean_failure(outcome.failure) if status is not Status.PASSED else Failure()
    message = clean(outcome.fact_text or outcome.judge_fault or _summary(failure))
    return TestResult(
        clean(outcome.name, 200), status, outcome.stage, outcome.group, outcome.hidden,
        outcome.cpu_s, outcome.limit_s, message if status is not Status.PASSED else "", failure,
        clean(outcome.output) if status is not Status.PASSED else "")


def _summary(failure: Failure) -> str:
    if failure.message:
        return failure.message
    if failure.expected:
        return phrase("expected {expected}, got {got}", expected=failure.expected, got=failure.got)
    return failure.got


def status_of(outcome: Outcome) -> Status:
    """Return what became of one test."""
    if outcome.judge_fault:
        return Status.JUDGE_ERROR
    if outcome.fact is not None:
        return outcome.fact
    if len(outcome.phases) == 3 and set(outcome.phases) == {"passed"}:
        return Status.TIME_LIMIT if outcome.cpu_s > outcome.limit_s else Status.PASSED
    if outcome.untouched:
        return Status.NOT_STARTED
    if outcome.learner_raised == "MemoryError":
        return Status.MEMORY_LIMIT
    if outcome.learner_raised:
        return Status.RUNTIME_ERROR
    return Status.FAILED


def _in_suite_order(rows: list[TestResult]) -> tuple[TestResult, ...]:
    return tuple(sorted(rows, key=lambda row: (row.group is Group.PERF, row.hidden)))


def _verdict(narrations: tuple[Narration, ...],
             tests: tuple[TestResult, ...]) -> tuple[Verdict, str]:
    for narration in narrations:
        if narration.fault:
            return Verdict.JUDGE_ERROR, clean(narration.fault)
        if narration.compile_error:
            return Verdict.COMPILE_ERROR, clean(narration.compile_error)
    faulty = next((test for test in tests if test.status is Status.JUDGE_ERROR), None)
    if faulty is not None:
        return Verdict.JUDGE_ERROR, f"{faulty.name}: {faulty.message}"
    if deciding := first_failure(tests):
        return _WORDS[deciding.status], ""
    if not tests or any(test.status is not Status.PASSED for test in tests):
        return Verdict.JUDGE_ERROR, phrase(
            "not every expected test was run, and none of them failed")
    return Verdict.ACCEPTED, ""


def _stage(kata: Kata, number: int, tests: tuple[TestResult, ...]) -> StageResult:
    """Return a stage's unrounded points: its share of correctness tests, then of perf tests."""
    own = [test for test in tests if test.stage == number]
    right = [test for test in own if test.group is Group.CORRECTNESS]
    fast = [test for test in own if test.group is Group.PERF]
    passed = sum(test.status is Status.PASSED for test in right)
    earned = passed
    if passed == len(right):
        earned += sum(test.status is Status.PASSED for test in fast)
    stage = _stages(kata)[number - 1]
    started = any(test.status not in (Status.NOT_STARTED, Status.NOT_RUN) for test in own)
    share = earned / len(own) if own else 0.0
    return StageResult(stage.title, stage.points, stage.points * share, earned, len(own), started)
