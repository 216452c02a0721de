"""Which runs a test gets, by what each used: the rule by itself, on a machine that keeps its speed.

test_time.py shows the same from end to end, where processors change their speed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from graders.judge.judge import Judge
from graders.judge.link import Link
from graders.judge.plugin import JudgePlugin, passed
from graders.judge.records import Job, Outcome
from graders.model import Failure, Group, Limits, Status

from .conftest import Lab

LIMIT_S = 0.06


class Item:
    """What the plugin asks of one collected test."""

    def __init__(self, name: str) -> None:
        self.nodeid = f"test_labkata.py::{name}"

    def get_closest_marker(self, name: str) -> None:
        """No test here is marked."""


class Scripted(JudgePlugin):
    """Runs that use stated parts of their limit; from 1.4 on the worker is stopped."""

    def __init__(self, lab: Lab, shares: Iterable[float], peak_mib: float = 5.0) -> None:
        self.told: list[dict[str, Any]] = []
        self.shares, self.runs, self.peak_mib = iter(shares), 0, peak_mib
        super().__init__(Job("job", lab.kata, lab.kata.suite, False, b"", b"seed"),
                         Link(lab.kata, 1.0), self.told.append)

    def judge(self, *names: str) -> list[Outcome]:
        """Judge tests in this order; return what is told of them."""
        items: list[Any] = [Item(name) for name in names]
        self.order(items)
        for item in items:
            self.pytest_runtest_protocol(item, None)
        return [each["outcome"] for each in self.told if "outcome" in each]

    def _pace(self) -> float:
        return 1.0

    def _run(self, item: Any, nextitem: Any) -> Outcome:
        self.runs += 1
        self.share = next(self.shares)
        used_s = self.share * LIMIT_S
        self.spent_s += used_s
        fact = Status.TIME_LIMIT if self.share >= 1.4 else None
        return Outcome(item.nodeid.split("::")[1], 1, Group.CORRECTNESS, False, ("passed",) * 3,
                       fact, "stopped" if fact else "", "", False, "", Failure(), "", used_s,
                       LIMIT_S, used_s, self.peak_mib)


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    made = Lab(Judge(tmp_path, store=tmp_path), tmp_path)
    made.kata = made.make_kata(limits=Limits(test_cpu_s=LIMIT_S, load_cpu_s=0.018))
    return made


def test_always_above_the_limit_fails_after_four_runs(lab: Lab) -> None:
    scripted = Scripted(lab, [1.2, 1.3, 1.15, 1.25])
    (outcome,) = scripted.judge("test_it")
    assert (scripted.runs, outcome.runs) == (4, 4)
    assert outcome.fact is Status.TIME_LIMIT
    assert outcome.fact_text == "used 0.07 s CPU in the best of 4 runs; the limit is 0.06 s"
    assert outcome.cpu_s == pytest.approx(1.15 * LIMIT_S)


@pytest.mark.parametrize("needed", [2, 3, 4])
def test_within_the_limit_once_passes(lab: Lab, needed: int) -> None:
    scripted = Scripted(lab, [1.2] * (needed - 1) + [0.9])
    (outcome,) = scripted.judge("test_it")
    assert passed(outcome) and outcome.runs == needed
    assert outcome.cpu_s <= LIMIT_S


@pytest.mark.parametrize("share", [0.1, 0.99, 1.0, 1.4, 3.0])
def test_below_the_limit_and_far_above_it_one_run_decides(lab: Lab, share: float) -> None:
    scripted = Scripted(lab, [share])
    (outcome,) = scripted.judge("test_it")
    assert scripted.runs == 1
    assert passed(outcome) is (share <= 1)


@pytest.mark.parametrize(("shares", "status", "runs"), [
    ([1.5, 0.4], None, 2),
    ([1.5, 1.5], Status.TIME_LIMIT, 2),
    ([1.5, 1.2, 0.9], None, 3),
    ([2.1], Status.TIME_LIMIT, 1),  # 20 MiB cost 0.06 s at most, another limit
])
def test_stopped_where_cold_memory_may_explain_it_the_next_run_decides(
    lab: Lab, shares: list[float], status: Status | None, runs: int
) -> None:
    scripted = Scripted(lab, shares, peak_mib=20.0)
    (outcome,) = scripted.judge("test_it")
    assert (outcome.fact, scripted.runs) == (status, runs)


def test_stopped_in_a_later_run_decides(lab: Lab) -> None:
    (outcome,) = Scripted(lab, [1.2, 1.5]).judge("test_it")
    assert (outcome.fact, outcome.runs) == (Status.TIME_LIMIT, 2)


def test_a_submission_may_use_three_times_the_sum_of_its_limits(lab: Lab) -> None:
    """Six tests that need all four runs each would use almost four times the sum."""
    scripted = Scripted(lab, [1.25, 1.25, 1.25, 0.1] * 6)
    outcomes = scripted.judge(*(f"test_{number}" for number in range(6)))
    assert [passed(each) for each in outcomes[:3]] == [True] * 3
    assert outcomes[5].fact is Status.TIME_LIMIT
    assert "s of CPU before; in all it may use 1.1 s, three times" in outcomes[5].fact_text
    assert scripted.spent_s <= scripted.budget_s + 4 * 1.4 * LIMIT_S
