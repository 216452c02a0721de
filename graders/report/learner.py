"""A Report as its learner may see it: of a hidden test only its ordinal and whether it passed.

What stays: the verdict, the points of each stage (hidden tests count in them) and every visible
test. The verdict's word can tell why a hidden test failed (time, say); its text cannot.
"""

from __future__ import annotations

from dataclasses import replace

from graders.model import Group, Report, Scope, Status, TestResult, Verdict
from graders.phrases import phrase

_FAULT = phrase(
    "the judge failed on a hidden test; the instructor's Report tells more, judge again"
)


def for_learner(report: Report) -> Report:
    """Return `report` without what the hidden suite would tell.

    Whole-run measurements (seconds, memory) and the seed cover hidden tests too: they are empty
    then. A Report of visible scope comes back as it is.
    """
    if report.scope is Scope.VISIBLE:
        return report
    visible = tuple(test for test in report.tests if not test.hidden)
    hidden = [test for test in report.tests if test.hidden]
    names = {test.name for test in visible} - {test.name for test in hidden}
    faulty = report.verdict is Verdict.JUDGE_ERROR
    return replace(
        report,
        tests=(*visible, *(_ordinal(number, each) for number, each in enumerate(hidden, 1))),
        growth=tuple(row for row in report.growth if row.name in names),
        cpu_s=round(sum(test.cpu_s for test in visible), 6),
        wall_s=0.0,
        peak_mib=0.0,
        seed="",
        message=_FAULT if faulty else report.message,
    )


def _ordinal(number: int, test: TestResult) -> TestResult:
    """Return a hidden test as "hidden 3", passed or not; its stage shows in the points anyway."""
    passed = test.status is Status.PASSED
    status = Status.PASSED if passed else Status.FAILED
    return TestResult(f"hidden {number}", status, test.stage, Group.CORRECTNESS, True, 0.0, 0.0, "")
