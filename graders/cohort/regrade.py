"""Whose mark a mended suite has changed: told by the run that ends, and kept in the audit trail.

The newest act `regrade` of a kata without a learner names the basis by which its marks were told
last ("suites" and its id). It is written when they have been told, so that a run that is killed
before leaves the telling to the next one, even where that has nothing left to judge.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from graders.cohort import gradebook, notes, results
from graders.cohort.course import Course
from graders.cohort.database import now, together
from graders.cohort.marks import Mark, Standing
from graders.cohort.notes import Act
from graders.model import Learner

_ACT, _AUTHOR = "regrade", "cohort grade"
_SUITES = "suites "


@dataclass(frozen=True, slots=True)
class Moved:
    """A mark that is another one under a new basis."""

    learner: Learner
    before: Mark
    after: Mark


def due(connection: sqlite3.Connection, course: Course) -> dict[str, str]:
    """Return the katas of which changed marks are still to be told, each with the basis before."""
    last = {act.slug: act.told.removeprefix(_SUITES) for act in notes.audit(connection)
            if act.act == _ACT and not act.learner}
    found = {}
    for slug, basis in course.bases.items():
        before = last.get(slug) or results.earlier(connection, slug, basis.id)
        if before and before != basis.id:
            found[slug] = before
    return found


def moved(connection: sqlite3.Connection, course: Course, slugs: Sequence[str]) -> list[Moved]:
    """Return whose marks for these katas are not what they were under the basis before.

    What was never judged by that one, because it came later, is not among them.
    """
    now_in_force = {slug: basis.id for slug, basis in course.bases.items()}
    before = {slug: basis for slug, basis in due(connection, course).items() if slug in slugs}
    pairs = zip(gradebook.under(connection, course, now_in_force | before).rows,
                gradebook.under(connection, course, now_in_force).rows, strict=True)
    return [Moved(new.learner, was, it_is)
            for old, new in pairs
            for was, it_is in zip(old.marks, new.marks, strict=True)
            if it_is.slug in before and was.standing is not Standing.PENDING
            and (was.points, was.verdict) != (it_is.points, it_is.verdict)]


def told(connection: sqlite3.Connection, course: Course, slugs: Sequence[str],
         changed: Sequence[Moved]) -> None:
    """Write down that the changed marks of these katas have been told, and each of them."""
    with together(connection):
        for each in changed:
            notes.write(connection, Act(
                now(), _AUTHOR, _ACT, each.learner.id, each.after.slug,
                f"{_points(each.before)} -> {_points(each.after)}"))
        for slug in slugs:
            notes.write(connection, Act(now(), _AUTHOR, _ACT, "", slug,
                                        _SUITES + course.bases[slug].id))


def _points(mark: Mark) -> str:
    return "none" if mark.points is None else f"{mark.points:g}"
