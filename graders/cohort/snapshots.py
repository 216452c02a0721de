"""What was collected, as rows: which repository was fetched when, and which files it held.

A collection is one pass over the cohort; a snapshot one learner's part of it, written in one
step. `object` is the learner's commit, `kept` our own commit that holds what was taken. Times are
ours. A learner whose repository could not be had has a snapshot with a `problem` instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graders.cohort.database import now, together
from graders.cohort.fetch import State


@dataclass(frozen=True, slots=True)
class Collection:
    """One pass over the cohort; `ended` is empty while it is under way or was broken off."""

    id: int
    began: str
    ended: str


@dataclass(frozen=True, slots=True)
class Handed:
    """One kata's file in a snapshot. `stub` is its hash as `stubs` makes it."""

    slug: str
    state: State
    blob: str = ""
    size: int = 0
    sha256: str = ""
    stub: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A suite or a file of the graders that is not as it was shipped."""

    path: str
    what: str  # "changed", "removed" or "added"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One learner's repository as one collection found it."""

    learner: str
    address: str
    fetched: str
    ref: str = ""
    object: str = ""
    written: str = ""
    kept: str = ""
    problem: str = ""
    files: tuple[Handed, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class HandIn:
    """One content that a learner had for a kata, and when we first found it there."""

    learner: str
    file: Handed
    fetched: str


def begin(connection: sqlite3.Connection) -> Collection:
    """Open a collection."""
    began = now()
    row = connection.execute("INSERT INTO collections(began) VALUES(?)", (began,))
    assert row.lastrowid is not None
    return Collection(row.lastrowid, began, "")


def end(connection: sqlite3.Connection, collection: Collection) -> None:
    """Say that every repository has had its turn."""
    connection.execute("UPDATE collections SET ended = ? WHERE id = ?", (now(), collection.id))


def last(connection: sqlite3.Connection) -> Collection | None:
    """Return the newest collection."""
    row = connection.execute(
        "SELECT id, began, ended FROM collections ORDER BY id DESC LIMIT 1").fetchone()
    return Collection(*row) if row else None


def add(connection: sqlite3.Connection, collection: int, snapshot: Snapshot) -> None:
    """Write a snapshot whole; one of the same collection that had a problem gives way to it."""
    with together(connection):
        connection.execute(
            "DELETE FROM snapshots WHERE collection = ? AND learner = ? AND problem != ''",
            (collection, snapshot.learner))
        row = connection.execute(
            "INSERT INTO snapshots(collection, learner, address, ref, fetched, object, written, "
            "kept, problem) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (collection, snapshot.learner, snapshot.address, snapshot.ref, snapshot.fetched,
             snapshot.object, snapshot.written, snapshot.kept, snapshot.problem))
        connection.executemany(
            "INSERT INTO files VALUES(?, ?, ?, ?, ?, ?, ?)",
            [(row.lastrowid, each.slug, each.state, each.blob, each.size, each.sha256, each.stub)
             for each in snapshot.files])
        connection.executemany(
            "INSERT INTO changes VALUES(?, ?, ?)",
            [(row.lastrowid, each.path, each.what) for each in snapshot.changes])


def fetched_of(connection: sqlite3.Connection, collection: int) -> set[str]:
    """Return the learners whose repository a collection has already."""
    rows = connection.execute(
        "SELECT learner FROM snapshots WHERE collection = ? AND problem = ''", (collection,))
    return {learner for (learner,) in rows}


def newest(connection: sqlite3.Connection) -> dict[str, Snapshot]:
    """Return each learner's newest snapshot that has no problem; else the newest one."""
    found: dict[str, Snapshot] = {}
    ids: dict[str, int] = {}
    rows = connection.execute(
        "SELECT id, learner, address, fetched, ref, object, written, kept, problem "
        "FROM snapshots ORDER BY problem = '', id")
    for number, *fields in rows:
        ids[fields[0]] = number
        found[fields[0]] = Snapshot(*fields)
    return {learner: _whole(connection, ids[learner], each) for learner, each in found.items()}


def of_collection(connection: sqlite3.Connection, collection: int) -> list[Snapshot]:
    """Return the snapshots of one collection, by learner."""
    rows = connection.execute(
        "SELECT id, learner, address, fetched, ref, object, written, kept, problem "
        "FROM snapshots WHERE collection = ? ORDER BY learner", (collection,)).fetchall()
    return [_whole(connection, number, Snapshot(*fields)) for number, *fields in rows]


def _whole(connection: sqlite3.Connection, number: int, snapshot: Snapshot) -> Snapshot:
    from dataclasses import replace

    files = tuple(
        Handed(slug, State(state), blob, size, sha256, stub)
        for slug, state, blob, size, sha256, stub in connection.execute(
            "SELECT slug, state, blob, size, sha256, stub FROM files WHERE snapshot = ? "
            "ORDER BY slug", (number,)))
    changes = tuple(Change(*row) for row in connection.execute(
        "SELECT path, what FROM changes WHERE snapshot = ? ORDER BY path", (number,)))
    return replace(snapshot, files=files, changes=changes)


def fetches(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return when each learner's repository was fetched, the oldest first."""
    found: dict[str, list[str]] = {}
    for learner, fetched in connection.execute(
            "SELECT learner, fetched FROM snapshots WHERE problem = '' ORDER BY fetched, id"):
        found.setdefault(learner, []).append(fetched)
    return found


def handed_in(connection: sqlite3.Connection, slugs: Sequence[str]) -> list[HandIn]:
    """Return every content that any learner ever had for these katas, the first found first.

    Files that were missing or refused are in it too: as the state they were in.
    """
    wanted = set(slugs)
    found: dict[tuple[str, str, str, str], HandIn] = {}
    rows: Iterable[tuple[str, str, str, str, str, int, str, str]] = connection.execute(
        "SELECT learner, fetched, slug, state, blob, size, sha256, stub FROM snapshots "
        "JOIN files ON files.snapshot = snapshots.id WHERE problem = '' ORDER BY fetched, "
        "snapshots.id, slug")
    for learner, fetched, slug, state, blob, size, sha256, stub in rows:
        if slug in wanted:
            handed = Handed(slug, State(state), blob, size, sha256, stub)
            found.setdefault((learner, slug, state, sha256), HandIn(learner, handed, fetched))
    return list(found.values())
