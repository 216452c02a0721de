"""The gradebook: everything that marks follow from, read once and brought together.

Owns no rule of its own: lateness is `late`'s, the choice of what counts `marks`'.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from graders import stubs
from graders.cohort import notes, results, snapshots
from graders.cohort.course import Course
from graders.cohort.marks import Known, Row, rows
from graders.cohort.settings import Cohort
from graders.model import Kata


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The marks of a cohort as they are now."""

    cohort: Cohort
    katas: tuple[Kata, ...]
    rows: tuple[Row, ...]

    @property
    def possible(self) -> int:
        """The points of all katas."""
        return 100 * len(self.katas)


def read(connection: sqlite3.Connection, course: Course) -> Gradebook:
    """Return the marks under the bases that hold now."""
    return under(connection, course, {slug: basis.id for slug, basis in course.bases.items()})


def under(connection: sqlite3.Connection, course: Course, ids: Mapping[str, str]) -> Gradebook:
    """Return the marks under these bases, one for each kata."""
    known = Known(
        hand_ins=snapshots.handed_in(connection, tuple(course.bases)),
        fetches=snapshots.fetches(connection),
        results={slug: results.of_basis(connection, ids[slug]) for slug in course.bases},
        faulty=frozenset((each.slug, each.sha256)
                         for each in results.faults(connection, course.bases)),
        overrides=notes.overrides(connection),
        stubs=stubs.known_stubs(course.root / "katas"))
    return Gradebook(course.cohort, course.katas,
                     rows(course.cohort, course.learners, course.katas, known))
