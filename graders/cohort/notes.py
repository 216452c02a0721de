"""What instructors and learners say: overrides, comments, rubrics, requests for another look.

Every act is a row with author and time, and one more in the audit trail. Nothing is changed or
removed: the newest row counts, and a comment once made stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graders.cohort.database import now, together
from graders.cohort.marks import Override
from graders.errors import GraderError
from graders.phrases import phrase

TEXT_CAP = 4_096  # characters of one note


class Stage(StrEnum):
    """How far a request for another look is."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Comment:
    """What an instructor tells a learner; `slug` is empty where it is about all of it."""

    learner: str
    slug: str
    text: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """Which model points an instructor found in a learner's answer to an `explain` item."""

    learner: str
    topic: str
    item: str
    ticks: tuple[int, ...]
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A learner's request for another look, and what became of it."""

    id: int
    learner: str
    slug: str
    text: str
    stage: Stage
    answer: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit trail."""

    at: str
    author: str
    act: str
    learner: str
    slug: str
    told: str


def comment(connection: sqlite3.Connection, author: str, learner: str, slug: str,
            text: str) -> None:
    """Add a comment. Raises GraderError for an empty or endless one."""
    _check(text)
    with together(connection):
        connection.execute("INSERT INTO comments(learner, slug, text, author, at) "
                           "VALUES(?, ?, ?, ?, ?)", (learner, slug, text, author, now()))
        write(connection, Act(now(), author, "comment", learner, slug, text))


def override(connection: sqlite3.Connection, author: str, asked: Override) -> None:
    """Give a mark instead of the judge's, or with `points` None take that back."""
    _check(asked.reason)
    with together(connection):
        connection.execute(
            "INSERT INTO overrides(learner, slug, points, reason, author, at) "
            "VALUES(?, ?, ?, ?, ?, ?)",
            (asked.learner, asked.slug, asked.points, asked.reason, author, now()))
        given = "withdrawn" if asked.points is None else f"{asked.points:g}"
        write(connection, Act(now(), author, "override", asked.learner, asked.slug,
                              f"{given}: {asked.reason}"))


def rubric(connection: sqlite3.Connection, author: str, asked: Rubric) -> None:
    """Keep which points of a checklist an answer has."""
    with together(connection):
        connection.execute(
            "INSERT INTO rubrics(learner, topic, item, ticks, author, at) VALUES(?, ?, ?, ?, ?, ?)",
            (asked.learner, asked.topic, asked.item, json.dumps(asked.ticks), author, now()))
        told = ", ".join(map(str, asked.ticks)) or "none"
        write(connection, Act(now(), author, "rubric", asked.learner, asked.topic,
                              f"{asked.item}: {told}"))


def request(connection: sqlite3.Connection, author: str, learner: str, slug: str,
            text: str) -> int:
    """Open a request for another look; return its number."""
    _check(text)
    with together(connection):
        row = connection.execute(
            "INSERT INTO requests(learner, slug, text, state, answer, author, at) "
            "VALUES(?, ?, ?, ?, '', ?, ?)", (learner, slug, text, Stage.OPEN, author, now()))
        write(connection, Act(now(), author, "request", learner, slug, text))
    assert row.lastrowid is not None
    return row.lastrowid


def answer(connection: sqlite3.Connection, author: str, number: int, stage: Stage,
           text: str) -> None:
    """Close a request. Raises GraderError when there is none of this number, or it is closed."""
    _check(text)
    with together(connection):
        row = connection.execute("SELECT learner, slug, state FROM requests WHERE id = ?",
                                 (number,)).fetchone()
        if row is None:
            raise GraderError(phrase("request {number}: there is none; `gradebook requests` lists "
                                     "them", number=number))
        if row[2] != Stage.OPEN:
            raise GraderError(phrase("request {number}: is {state} already; open another one",
                                     number=number, state=row[2]))
        connection.execute(
            "UPDATE requests SET state = ?, answer = ?, author = ?, at = ? WHERE id = ?",
            (stage, text, author, now(), number))
        write(connection, Act(now(), author, stage, row[0], row[1], f"request {number}: {text}"))


def overrides(connection: sqlite3.Connection) -> list[Override]:
    """Return all overrides, the oldest first."""
    rows = connection.execute(
        "SELECT learner, slug, points, reason, author, at FROM overrides ORDER BY id")
    return [Override(*row) for row in rows]


def comments(connection: sqlite3.Connection, learner: str = "") -> list[Comment]:
    """Return the comments, all or a learner's, the oldest first."""
    rows = connection.execute(
        "SELECT learner, slug, text, author, at FROM comments "
        "WHERE ? IN ('', learner) ORDER BY id", (learner,))
    return [Comment(*row) for row in rows]


def rubrics(connection: sqlite3.Connection, learner: str) -> list[Rubric]:
    """Return a learner's newest rubric of each item."""
    rows = connection.execute(
        "SELECT learner, topic, item, ticks, author, at FROM rubrics WHERE learner = ? "
        "ORDER BY id", (learner,))
    found = {(row[0], row[1], row[2]): row for row in rows}
    return [Rubric(learner, topic, item, tuple(json.loads(ticks)), author, at)
            for learner, topic, item, ticks, author, at in found.values()]


def requests(connection: sqlite3.Connection, learner: str = "") -> list[RequestRow]:
    """Return the requests, all or a learner's, the oldest first."""
    rows: Sequence[tuple[int, str, str, str, str, str, str, str]] = connection.execute(
        "SELECT id, learner, slug, text, state, answer, author, at FROM requests "
        "WHERE ? IN ('', learner) ORDER BY id", (learner,)).fetchall()
    return [RequestRow(row[0], row[1], row[2], row[3], Stage(row[4]), *row[5:]) for row in rows]


def audit(connection: sqlite3.Connection) -> list[Act]:
    """Return who did what when, the oldest first."""
    rows = connection.execute(
        "SELECT at, author, act, learner, slug, told FROM audit ORDER BY id")
    return [Act(*row) for row in rows]


def write(connection: sqlite3.Connection, act: Act) -> None:
    """Add a line to the audit trail."""
    connection.execute(
        "INSERT INTO audit(at, author, act, learner, slug, told) VALUES(?, ?, ?, ?, ?, ?)",
        (act.at, act.author, act.act, act.learner, act.slug, act.told))


def _check(text: str) -> None:
    if not text.strip() or len(text) > TEXT_CAP:
        raise GraderError(phrase("write 1 to {most} characters of text", most=TEXT_CAP))
