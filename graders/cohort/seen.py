"""What a learner may see of their marks: `Row` and stored Reports in, `Seen` out.

A Report passes through `report.learner.for_learner` here, once for every page and export that
leaves the instructor's hands: of a hidden test its ordinal and whether it passed.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from graders import words
from graders.cohort import notes, results
from graders.cohort.fetch import State
from graders.cohort.marks import Mark, Row, Standing
from graders.cohort.notes import Comment, RequestRow, Rubric
from graders.model import Kata, Learner, Report
from graders.report.learner import for_learner

# What stands in the place of a verdict, in English; `words.say` translates it.
TOLD = {
    Standing.UNTOUCHED: words.mark("not started"),
    Standing.REFUSED: words.mark("no file that could be judged"),
    Standing.NOT_COLLECTED: words.mark("not handed in"),
    Standing.PENDING: words.mark("not judged yet"),
    Standing.WITHHELD: words.mark("withheld: the judge failed"),
}
# What stands in the place of a file that was not taken.
STATES = {
    State.MISSING: words.mark("missing"), State.LINK: words.mark("a link"),
    State.FOLDER: words.mark("a folder"), State.SUBMODULE: words.mark("a submodule"),
    State.TOO_LARGE: words.mark("too large"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenKata:
    """One kata: its mark, the Report without what is hidden, and what was said about it."""

    kata: Kata
    mark: Mark
    report: Report | None
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything of one learner."""

    learner: Learner
    total: float
    possible: int
    settled: bool
    katas: tuple[SeenKata, ...]
    comments: tuple[Comment, ...]  # about all of it
    rubrics: tuple[Rubric, ...]
    requests: tuple[RequestRow, ...]


def seen(connection: sqlite3.Connection, katas: tuple[Kata, ...], row: Row) -> Seen:
    """Return what the learner of a row may see."""
    said = notes.comments(connection, row.learner.id)
    shown = []
    for kata, each in zip(katas, row.marks, strict=True):
        report = for_learner(results.report(connection, each.result)) if each.result else None
        own = tuple(comment for comment in said if comment.slug == kata.slug)
        shown.append(SeenKata(kata, _without_author(each), report, own))
    return Seen(
        row.learner, row.total, 100 * len(katas), row.settled, tuple(shown),
        tuple(each for each in said if not each.slug),
        tuple(notes.rubrics(connection, row.learner.id)),
        tuple(notes.requests(connection, row.learner.id)))


def _without_author(mark: Mark) -> Mark:
    """Hide who gave an override: its reason is for the learner, the name for the audit trail."""
    if mark.override is None:
        return mark
    return replace(mark, override=replace(mark.override, author=""))
