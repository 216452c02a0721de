"""What an instructor should look at before marks go out: one line each, in the language spoken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from graders.cohort import notes, snapshots
from graders.cohort.course import Course
from graders.cohort.gradebook import Gradebook
from graders.cohort.late import parse
from graders.cohort.marks import Standing
from graders.cohort.notes import Stage
from graders.cohort.seen import STATES, TOLD
from graders.words import say, tell

_REFUSED = {str(state): text for state, text in STATES.items()}
_SHOWN = 6  # paths of one learner
_TARDY_S = 3600  # a first fetch this long after the deadline lets late work pass as on time


def attention(connection: sqlite3.Connection, course: Course, book: Gradebook) -> list[str]:
    """Return the lines; none when there is nothing."""
    return [*_repositories(connection, course), *_marks(book), *_requests(connection),
            *_clock(connection, course)]


def _repositories(connection: sqlite3.Connection, course: Course) -> Iterator[str]:
    newest = snapshots.newest(connection)
    for learner in course.learners:
        snapshot = newest.get(learner.id)
        if snapshot is None:
            yield say("{learner}: not collected yet", learner=learner.id)
        elif snapshot.problem:
            yield say("{learner}: repository: {why}", learner=learner.id,
                      why=tell(snapshot.problem))
        elif snapshot.changes:
            paths = [f"{each.path} ({_what(each.what)})" for each in snapshot.changes[:_SHOWN]]
            more = ", …" if len(snapshot.changes) > _SHOWN else ""
            yield say("{learner}: not as it was shipped: {paths}", learner=learner.id,
                      paths=", ".join(paths) + more)


def _what(word: str) -> str:
    return {"changed": say("changed"), "removed": say("removed"), "added": say("added")}[word]


def _marks(book: Gradebook) -> Iterator[str]:
    for row in book.rows:
        for mark in row.marks:
            if mark.standing in (Standing.REFUSED, Standing.WITHHELD, Standing.PENDING):
                why = say(TOLD[mark.standing])
                if mark.file_state in _REFUSED:
                    why = say("{why} ({state})", why=why, state=say(_REFUSED[mark.file_state]))
                yield say("{learner}, {slug}: {why}", learner=row.learner.id, slug=mark.slug,
                          why=why)


def _requests(connection: sqlite3.Connection) -> Iterator[str]:
    for each in notes.requests(connection):
        if each.stage is Stage.OPEN:
            yield say("{learner}, {slug}: asks for another look: {why}", learner=each.learner,
                      slug=each.slug, why=each.text)


def _clock(connection: sqlite3.Connection, course: Course) -> Iterator[str]:
    after = [parse(each) for moments in snapshots.fetches(connection).values()
             for each in moments if parse(each) >= course.cohort.deadline]
    if after:
        late_s = (min(after) - course.cohort.deadline).total_seconds()
        if late_s > _TARDY_S:
            yield say("The first collection after the deadline came {hours} hours later; what it "
                      "found counts as on time.", hours=f"{late_s / 3600:.0f}")
