"""One results.json for each learner, as a Gradescope autograder would leave it.

After “Output format” of https://gradescope-autograders.readthedocs.io/en/latest/specs/: a total
`score`, which overrides the sum of `tests`, or a score for each of these; each has score,
max_score, status ("passed" or "failed", whatever its score), name, number, output, visibility;
formats say how a text is shown, and "text" that nothing in it is markup; `extra_data` is ours. A
kata is a test, so that its points and those of the whole are the gradebook's. Hidden tests are told
by ordinal. Nothing of ours goes to a leaderboard, and `execution_time` is left out: hidden tests
would have a part in it.
"""

from __future__ import annotations

from typing import Any

from graders.cohort.seen import TOLD, Seen, SeenKata
from graders.model import Status
from graders.report.html import visible
from graders.words import say

VISIBLE = "visible"


def results(seen: Seen) -> dict[str, Any]:
    """Return what results.json holds."""
    tests = [_test(number, each) for number, each in enumerate(seen.katas, 1)]
    told = [] if seen.settled else [say("Some marks are not settled yet; they count nothing here.")]
    told += [comment.text for comment in seen.comments]
    return {
        "score": seen.total, "visibility": VISIBLE, "stdout_visibility": "hidden",
        "output": visible("\n".join(told)), "output_format": "text", "tests": tests,
        "extra_data": {"learner": seen.learner.id, "possible": seen.possible},
    }


def _test(number: int, each: SeenKata) -> dict[str, Any]:
    mark = each.mark
    return {
        "number": str(number), "name": each.kata.slug, "name_format": "text",
        "score": mark.points or 0.0, "max_score": 100.0,
        "status": "passed" if mark.points == 100 else "failed",
        "output": visible("\n".join(_lines(each))), "output_format": "text",
        "visibility": VISIBLE,
        "extra_data": {"standing": mark.standing, "verdict": mark.verdict,
                       "days_late": mark.days_late, "submission_sha256": mark.sha256},
    }


def _lines(each: SeenKata) -> list[str]:
    mark = each.mark
    lines = [mark.verdict or say(TOLD[mark.standing])]
    if mark.days_late:
        lines.append(say("{earned} points, {days} days late: {percent} % are kept",
                         earned=f"{mark.earned:g}", days=mark.days_late,
                         percent=mark.kept_percent))
    if mark.override:
        lines.append(say("given by the instructor: {reason}", reason=mark.override.reason))
    if each.report:
        lines += [each.report.message] if each.report.message else []
        lines += [f"{test.status} {test.name}{': ' if test.message else ''}{test.message}"
                  for test in each.report.tests if test.status is not Status.PASSED]
    return [*lines, *(comment.text for comment in each.comments)]
