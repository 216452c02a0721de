"""The half of the law that needs the judge: what every suite must prove, kata by kata.

    submissions of a kata ── Trial ── judged ── check_* ── Finding, Finding, …

The reference is ACCEPTED with half of each limit to spare, every known-wrong submission gets the
verdict its name says, the stub passes nothing, and every test is failed by something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from graders.author import independent
from graders.author.finding import Finding
from graders.author.material import Material
from graders.author.suite import tests_in
from graders.catalog import solutions_dir
from graders.judge.clock import LOAD_CAP, SURE
from graders.judge.request import Request, read_submission
from graders.model import Group, Kata, Report, Status, TestResult, Verdict

GAP = 2.0  # a slow_ must use at least this many times its limit
# The judge stops a test at 1.4 times its limit; with limits raised by this factor it stops a
# slow_ exactly at GAP times the real one, which proves the gap and costs no more than that.
_RAISED = GAP / 1.4
_FULL = 6.0  # with --full a slow_ may run this far, for an exact gap
REFERENCE_SHARE = 0.5  # of each limit
LOOSE = 100.0  # a limit above half a second is at most this many times what the reference used
LIMIT_FLOOR_S = 0.5
CORRECTNESS_CPU_S = 0.5  # the reference's correctness tests in all
BUDGET_CPU_S = 8.0  # all submissions of a kata in all, in reference seconds


class Role(StrEnum):
    """What a submission is kept for; the prefix of its file name."""

    STUB = "stub"
    REFERENCE = "reference"
    INDEPENDENT = "independent"
    WRONG = "wrong"
    HANG = "hang"
    SLOW = "slow"
    HUNGRY = "hungry"


@dataclass(frozen=True, slots=True)
class Trial:
    """One submission to be judged for the proof. `path` is relative to the root."""

    kata: Kata
    role: Role
    path: str
    request: Request


@dataclass(frozen=True, slots=True)
class Judged:
    """A trial and what the judge said."""

    trial: Trial
    report: Report


def trials(root: Path, kata: Kata, full: bool) -> list[Trial]:
    """Return the submissions of one kata; `full` adds independent solutions and exact gaps."""
    there = solutions_dir(root, kata)
    slower = raised(kata, _FULL if full else _RAISED)
    reference = there / f"{kata.slug}.py"
    found: list[tuple[Role, Kata, Path, tuple[str, ...]]] = [
        (Role.STUB, kata, kata.stub, ()), (Role.REFERENCE, kata, reference, ())]
    for role in (Role.WRONG, Role.HANG, Role.SLOW, Role.HUNGRY):
        held = slower if role is Role.SLOW else kata
        found += [(role, held, path, ()) for path in sorted(there.glob(f"{role}_*.py"))]
    for each in independent.find(root, kata) if full else ():
        found.append((Role.INDEPENDENT, each.kata(kata), each.path, each.packages))
    hidden = there / f"test_hidden_{kata.slug}.py"
    made = []
    for role, held, path, packages in found:
        request = replace(read_submission(held, path), packages=packages, whole=True)
        if hidden.is_file():
            request = replace(request, hidden=hidden)
        made.append(Trial(kata, role, path.relative_to(root).as_posix(), request))
    return made


def raised(kata: Kata, factor: float) -> Kata:
    """Return `kata` with its performance limits multiplied."""
    return replace(kata, limits=kata.limits.times(factor))


def check(material: Material, judged: list[Judged], full: bool = False) -> list[Finding]:
    """Return what the verdicts on one kata's submissions prove wrong.

    The budget holds without `full`, whose raised limits cost more on purpose.
    """
    findings: list[Finding] = []
    for each in judged:
        if each.report.verdict is Verdict.JUDGE_ERROR:
            findings.append(_finding(each, "judge", f"could not be judged: {each.report.message}"))
            continue
        match each.trial.role:
            case Role.STUB:
                findings += _stub(material, each)
            case Role.REFERENCE | Role.INDEPENDENT:
                findings += _right(each)
            case Role.WRONG:
                findings += rejected(each)
            case Role.HANG:
                findings += _hang(each)
            case Role.SLOW:
                findings += _slow(each)
            case Role.HUNGRY:
                findings += _hungry(each)
        findings += _distance(each)
    budget = [] if full else list(_budget(material, judged))
    return [*findings, *_idle_tests(material, judged), *budget]


def _finding(each: Judged, rule: str, message: str) -> Finding:
    return Finding(each.trial.path, 0, rule, message)


def _passed(test: TestResult) -> bool:
    return test.status is Status.PASSED


def stub_passes(material: Material) -> set[str]:
    """Return the names of the tests marked `stub_passes`, parameters left out."""
    return {test.name for module in material.modules.values() if module.name.startswith("test_")
            for test in tests_in(module) if any(mark.name == "stub_passes" for mark in test.marks)}


def _base(test: TestResult) -> str:
    return test.name.split("[", 1)[0]


def _stub(material: Material, each: Judged) -> Iterator[Finding]:
    allowed = stub_passes(material)
    for test in each.report.tests:
        if _passed(test) and _base(test) not in allowed:
            yield _finding(each, "stub-fails", f"the stub passes {test.name}; take the solution "
                           "out of the stub, or mark the test stub_passes with a reason")
    for name in sorted(allowed):
        rows = [test for test in each.report.tests
                if _base(test) == name and test.status is not Status.NOT_RUN]
        if rows and not any(map(_passed, rows)):
            yield _finding(each, "stub-fails",
                           f"the stub fails {name}, which is marked stub_passes; drop the mark")
    if each.report.accepted:
        yield _finding(each, "stub-fails", "the stub is ACCEPTED; it must fail its suite")


def accepted(each: Judged) -> Iterator[Finding]:
    """Yield a finding unless a solution that is right is ACCEPTED."""
    report = each.report
    if not report.accepted:
        test = report.first_failure
        about = f"{test.name}: {test.message}" if test else report.message
        yield _finding(each, "reference-accepted", f"gets {report.verdict} ({about}); it must be "
                       "ACCEPTED: suite or solution is wrong")


def _right(each: Judged) -> Iterator[Finding]:
    yield from accepted(each)
    report = each.report
    if not report.accepted or each.trial.role is Role.INDEPENDENT:
        return
    for test in report.tests:
        if test.cpu_s > REFERENCE_SHARE * test.limit_s:
            yield _finding(each, "reference-share", f"{test.name} uses {test.cpu_s:.2f} s of its "
                           f"limit of {test.limit_s:g} s; raise the limit or make the test "
                           "smaller: the reference may use half")
        if test.limit_s > max(LIMIT_FLOOR_S, LOOSE * test.cpu_s):
            yield _finding(each, "limit-loose", f"{test.name} uses {test.cpu_s:.3f} s and may use "
                           f"{test.limit_s:g} s; lower the limit: at most {LOOSE:g} times the "
                           f"reference, or {LIMIT_FLOOR_S:g} s")
    spent_s = sum(t.cpu_s for t in report.tests if t.group is Group.CORRECTNESS)
    if spent_s > CORRECTNESS_CPU_S * LOAD_CAP:  # a machine may inflate CPU time that much
        yield _finding(each, "reference-share", f"its correctness tests use {spent_s:.2f} s CPU; "
                       f"at most {CORRECTNESS_CPU_S:g} s in all")


def rejected(each: Judged) -> Iterator[Finding]:
    """Yield a finding unless a known mistake is rejected for what it is."""
    if each.report.verdict not in (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR):
        yield _finding(each, "wrong-rejected", f"gets {each.report.verdict}; it must be rejected "
                       "as WRONG_ANSWER or RUNTIME_ERROR: add the test that its mistake fails")


def is_doubtful(each: Judged) -> bool:
    """Whether only a machine that changed its speed may have made `each` look wrong."""
    if each.trial.role is Role.SLOW:
        return any(finding.rule == "slow-stopped" for finding in _slow(each))
    if each.trial.role is Role.HUNGRY:  # what takes memory takes time: it may come first
        return any(finding.rule == "hungry-stopped" for finding in _hungry(each))
    return any(True for _ in _distance(each)) or (
        each.trial.role is Role.REFERENCE and each.report.accepted and any(
            finding.rule == "reference-share" for finding in _right(each)))


def calmer(first: Judged, again: Judged) -> Judged:
    """Return the fairer of two runs: of slow_ and hungry_ the last, else the least CPU of each."""
    if first.trial.role in (Role.SLOW, Role.HUNGRY):
        return again
    least = {test.name: test.cpu_s for test in again.report.tests}
    tests = tuple(replace(test, cpu_s=min(test.cpu_s, least.get(test.name, test.cpu_s)))
                  for test in first.report.tests)
    return replace(first, report=replace(first.report, tests=tests))


def _hang(each: Judged) -> Iterator[Finding]:
    stopped = [t for t in each.report.tests if t.status is Status.TIME_LIMIT]
    if not any(t.group is Group.CORRECTNESS for t in stopped):
        yield _finding(each, "hang-stopped", f"gets {each.report.verdict}; a test that is not perf "
                       "must be stopped by time")


def _slow(each: Judged) -> Iterator[Finding]:
    report = each.report
    failed = next((test for test in report.tests
                   if test.group is Group.CORRECTNESS and not _passed(test)), None)
    if failed is not None:
        yield _finding(each, "slow-stopped", f"fails {failed.name} ({failed.message}); a slow_ is "
                       "right in everything but its cost")
        return
    if gap(each) < GAP * 0.99:
        yield _finding(each, "slow-stopped", f"uses {gap(each):.1f} times a limit at most; some "
                       f"performance test must stop it at {GAP:g} times: lower the limit or "
                       "enlarge the input")
    elif report.verdict not in (Verdict.TIME_LIMIT_EXCEEDED, Verdict.ACCEPTED):
        # ACCEPTED: with `full` the limits are raised far enough for it to end, and gap() has said
        yield _finding(each, "slow-stopped", f"gets {report.verdict}; the first performance test "
                       "that it fails must be stopped by time")


def gap(each: Judged) -> float:
    """Return the largest CPU of a performance test as a multiple of its real limit."""
    limits = each.trial.kata.limits
    return max((test.cpu_s / limits.for_test(test.name, test.group) for test in each.report.tests
                if test.group is Group.PERF), default=0.0)


def nearest(each: Judged) -> tuple[float, str]:
    """Return the largest part of a limit that it must stay under to get its verdict, and where.

    (0.0, "") for a slow_ or hang_, which are to go over, and where no test was passed first.
    """
    if each.trial.role in (Role.SLOW, Role.HANG):
        return 0.0, ""
    parts = [(0.0, "")]
    for test in each.report.tests:
        if not _passed(test):
            break  # names the verdict; what comes later cannot change it
        if test.limit_s:
            parts.append((test.cpu_s / test.limit_s, test.name))
    return max(parts)


def _distance(each: Judged) -> Iterator[Finding]:
    part, name = nearest(each)
    if part > SURE[0] and each.trial.role is not Role.REFERENCE:  # it has a rule of its own
        yield _finding(each, "distance", f"uses {part:.2f} of the limit of {name}, and must stay "
                       f"under it to get its verdict; from {SURE[0]:g} to {SURE[1]:g} a verdict by "
                       "time is unsure: make the test smaller, or raise the limit")


def _hungry(each: Judged) -> Iterator[Finding]:
    other = [t for t in each.report.tests
             if t.status not in (Status.PASSED, Status.MEMORY_LIMIT, Status.NOT_RUN)]
    if each.report.verdict is not Verdict.MEMORY_LIMIT_EXCEEDED or other:
        yield _finding(each, "hungry-stopped", f"gets {each.report.verdict}; it must go over the "
                       "memory limit and pass the rest")


def _idle_tests(material: Material, judged: list[Judged]) -> Iterator[Finding]:
    """Yield tests that nothing fails: not the stub, not a known-wrong submission."""
    blind = {Role.REFERENCE, Role.INDEPENDENT}
    failed = {test.name for each in judged if each.trial.role not in blind
              for test in each.report.tests if _fails(each, test)}
    reference = next((e.report for e in judged if e.trial.role is Role.REFERENCE), None)
    tests = reference.tests if reference else ()
    for name in dict.fromkeys(map(_base, tests)):
        rows = [test for test in tests if _base(test) == name]
        if not any(test.name in failed for test in rows):
            place = material.there if any(test.hidden for test in rows) else material.here
            yield Finding(place, 0, "test-can-fail", f"{name}: nothing fails it, neither the stub "
                          "nor a known-wrong submission; add the mistake that it is there for, or "
                          "drop the test")


def _fails(each: Judged, test: TestResult) -> bool:
    """Whether a submission fails a test; with `full` a slow_ may end within its raised limit."""
    limit_s = each.trial.kata.limits.for_test(test.name, test.group)
    return test.status is not Status.NOT_RUN and (not _passed(test) or test.cpu_s > limit_s)


def _budget(material: Material, judged: list[Judged]) -> Iterator[Finding]:
    spent_s = sum(each.report.cpu_s for each in judged if each.trial.role is not Role.INDEPENDENT)
    if spent_s > BUDGET_CPU_S * LOAD_CAP:  # a busy machine may inflate CPU time that much
        yield Finding(material.here, 0, "budget", "judging all its submissions takes "
                      f"{spent_s:.1f} s CPU; at most {BUDGET_CPU_S:g} s: smaller inputs, lower "
                      "limits")
