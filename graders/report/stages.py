"""The stages of a kata as they are told: up to the first that is unfinished, or all of them.

    NOT_STARTED (stage 2 of 3): lcs_dp, 40 of 100 points, 6 of 14 tests passed
    stage 1 of 3: Length, 40 of 40 points
    stage 2 of 3: One string, 0 of 35 points

Whoever has done one of three stages sees what is done and what comes next, not what fails behind.
A kata without stages has no such lines.
"""

from __future__ import annotations

from rich.text import Text

from graders.model import Report, StageResult
from graders.words import language, say


def unfinished(report: Report) -> int:
    """Return the number of the stage to work on, from 1; 0 for a kata without stages, or done."""
    if len(report.stages) < 2:
        return 0
    test = report.first_failure
    return min(test.stage, len(report.stages)) if test else 0


def place(report: Report) -> str:
    """Return which stage the verdict is about, or ""."""
    number = unfinished(report)
    return say("stage {number} of {count}", number=number, count=len(report.stages)) if (
        number) else ""


def line(report: Report, number: int) -> Text:
    """Return one stage with its points."""
    stage = report.stages[number - 1]
    told = say(
        "stage {number} of {count}: {title}, {earned} of {points} points",
        number=number,
        count=len(report.stages),
        title=stage.title.get(language()),
        earned=f"{stage.earned:g}",
        points=stage.points,
    )
    return Text(told, style="green" if _done(stage) else "")


def waiting(report: Report, number: int) -> list[Text]:
    """Return a line where nothing of a stage is written yet."""
    if not 1 <= number <= len(report.stages) or report.stages[number - 1].started:
        return []
    if len(report.stages) == 1:
        return [Text(say("Nothing is written yet: the functions still raise NotImplementedError."))]
    return [
        Text(say("This stage is not started: its functions still raise NotImplementedError."))
    ]


def following(report: Report, number: int) -> list[Text]:
    """Return a line on the stages after `number`, none where there are none."""
    count = len(report.stages) - number
    if not number or not count:
        return []
    return [Text(), Text(say("Stages after this one: {count} (--all shows them).", count=count))]


def _done(stage: StageResult) -> bool:
    return stage.passed == stage.tests
