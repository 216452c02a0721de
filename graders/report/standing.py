"""Where a learner stands with one kata: what a run found out, or what is remembered of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graders.model import Kata, Report, Verdict


class State(StrEnum):
    """How far a learner is with one kata."""

    SOLVED = "solved"  # accepted as it stands now
    ATTEMPTED = "attempted"
    UNTOUCHED = "untouched"  # the module is a stub as it was shipped


@dataclass(frozen=True, slots=True)
class Standing:
    """One kata of the working tree. `report` is None where this run has not judged it."""

    kata: Kata
    state: State
    report: Report | None = None


def judged(standings: Iterable[Standing]) -> list[Report]:
    """Return the Reports of this run, in the order of the standings."""
    return [each.report for each in standings if each.report is not None]


def count(standings: Iterable[Standing], state: State) -> int:
    """Return how many katas are in `state`."""
    return sum(each.state is state for each in standings)


def faulty(reports: Iterable[Report]) -> list[Report]:
    """Return the Reports that say nothing about the learner because the judge failed."""
    return [report for report in reports if report.verdict is Verdict.JUDGE_ERROR]


def failing(reports: Iterable[Report]) -> list[Report]:
    """Return the Reports of submissions that were judged and are not accepted."""
    return [r for r in reports if not r.accepted and r.verdict is not Verdict.JUDGE_ERROR]
