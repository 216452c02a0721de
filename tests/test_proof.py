"""What the judge's verdicts on a kata's submissions prove wrong: rules on Reports made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graders.author import proof
from graders.author.material import Material, gather
from graders.author.proof import Judged, Role, Trial
from graders.judge import clock
from graders.judge.request import Request
from graders.model import Group, Report, Status, TestResult, Verdict
from tests.cli.reports import ROOT, kata, report, row


@pytest.fixture(scope="module")
def material() -> Material:
    return gather(ROOT, kata())[0]


def judged(role: Role, told: Report) -> Judged:
    of = kata()
    return Judged(Trial(of, role, f"{role}_x.py", Request(of, None)), told)


def fast(cpu_s: float, status: Status = Status.PASSED, limit_s: float = 0.0) -> TestResult:
    """A performance test with the kata's own limit."""
    limit_s = limit_s or kata().limits.for_test("test_fast", Group.PERF)
    return row("test_fast", status, group=Group.PERF, cpu_s=cpu_s, limit_s=limit_s)


def rules(material: Material, *every: Judged) -> set[str]:
    found = proof.check(material, list(every))
    return {each.rule for each in found} - {"test-can-fail"}


PERF_S = kata().limits.for_test("test_fast", Group.PERF)
BREACHES = {
    "judge": (Role.WRONG, report(Verdict.JUDGE_ERROR, message="the machine is on fire")),
    "reference-accepted": (Role.REFERENCE, report(Verdict.WRONG_ANSWER,
                                                  row("test_a", Status.FAILED))),
    "reference-share": (Role.REFERENCE, report(Verdict.ACCEPTED, fast(0.6 * PERF_S))),
    "limit-loose": (Role.REFERENCE, report(Verdict.ACCEPTED, row("test_a", cpu_s=0.001,
                                                                 limit_s=5.0))),
    "wrong-rejected": (Role.WRONG, report(Verdict.ACCEPTED, row("test_a"))),
    "hang-stopped": (Role.HANG, report(Verdict.TIME_LIMIT_EXCEEDED,
                                       fast(2 * PERF_S, Status.TIME_LIMIT))),
    "slow-stopped": (Role.SLOW, report(Verdict.TIME_LIMIT_EXCEEDED,
                                       fast(1.9 * PERF_S, Status.TIME_LIMIT))),
    "hungry-stopped": (Role.HUNGRY, report(Verdict.MEMORY_LIMIT_EXCEEDED,
                                           row("test_a", Status.MEMORY_LIMIT),
                                           row("test_b", Status.FAILED))),
    "distance": (Role.WRONG, report(Verdict.WRONG_ANSWER, row("test_a", cpu_s=0.3, limit_s=0.5),
                                    row("test_b", Status.FAILED))),
    "stub-fails": (Role.STUB, report(Verdict.ACCEPTED, row("test_a"))),
    "budget": (Role.REFERENCE, replace(report(Verdict.ACCEPTED, row("test_a", limit_s=0.1)),
                                       cpu_s=12.0)),
}
KEPT = {
    Role.REFERENCE: report(Verdict.ACCEPTED, fast(0.4 * PERF_S)),
    Role.WRONG: report(Verdict.RUNTIME_ERROR, row("test_a", cpu_s=0.2, limit_s=0.5),
                       row("test_b", Status.RUNTIME_ERROR), row("test_c", cpu_s=0.4, limit_s=0.5)),
    Role.HANG: report(Verdict.TIME_LIMIT_EXCEEDED, row("test_a", Status.TIME_LIMIT)),
    Role.SLOW: report(Verdict.TIME_LIMIT_EXCEEDED, fast(2.1 * PERF_S, Status.TIME_LIMIT)),
    Role.HUNGRY: report(Verdict.MEMORY_LIMIT_EXCEEDED, row("test_a", Status.MEMORY_LIMIT)),
    Role.STUB: report(Verdict.NOT_STARTED, row("test_a", Status.NOT_STARTED)),
}


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_is_found(material: Material, rule: str) -> None:
    assert rules(material, judged(*BREACHES[rule])) == {rule}


@pytest.mark.parametrize("role", KEPT)
def test_what_does_as_its_name_says_is_no_finding(material: Material, role: Role) -> None:
    assert rules(material, judged(role, KEPT[role])) == set()


def test_what_the_law_demands_lies_outside_of_where_a_verdict_is_unsure() -> None:
    assert proof.REFERENCE_SHARE <= clock.SURE[0] < 1 < clock.RERUN_BAND < clock.SURE[1]
    assert 1.3 * clock.SURE[1] <= proof.GAP


def test_a_wrong_submission_near_a_limit_is_judged_again_and_its_least_cpu_counts() -> None:
    first = judged(*BREACHES["distance"])
    calm = judged(Role.WRONG, report(Verdict.WRONG_ANSWER, row("test_a", cpu_s=0.2, limit_s=0.5),
                                     row("test_b", Status.FAILED)))
    assert proof.is_doubtful(first) and not proof.is_doubtful(calm)
    assert proof.nearest(proof.calmer(first, calm)) == (pytest.approx(0.4), "test_a")


def test_a_test_that_only_the_reference_knows_is_found(material: Material) -> None:
    found = proof.check(material, [judged(Role.REFERENCE, KEPT[Role.REFERENCE])])
    assert {each.rule for each in found} == {"test-can-fail"}
    slow = judged(Role.SLOW, KEPT[Role.SLOW])
    assert proof.check(material, [judged(Role.REFERENCE, KEPT[Role.REFERENCE]), slow]) == []


def test_a_slow_one_that_ends_within_its_raised_limit_fails_the_test_all_the_same(
    material: Material,
) -> None:
    reference = judged(Role.REFERENCE, KEPT[Role.REFERENCE])
    slow = judged(Role.SLOW, report(Verdict.ACCEPTED, fast(5 * PERF_S, limit_s=6 * PERF_S)))
    assert proof.check(material, [reference, slow], full=True) == []
