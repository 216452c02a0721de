"""COHORT/cohort.db: everything that is known of a cohort beyond its settings and roster.

    collections 1─n snapshots 1─n files      what we fetched of whom, when, and its hashes
                              1─n changes    suites and graders that are not as they were shipped
    bases 1─n results                        by which suites and seed a submission was judged; how
          1─n faults                         what the judge could not judge, withheld
    overrides comments rubrics requests      what instructors say; all of it also in audit
    returned                                 what was delivered to whom

Rows are only ever added; the newest counts (requests alone change their state, and the audit
tells how). Nothing derived is stored: a mark is worked out from a result, the late policy and the
newest override whenever it is shown. Owns the file and its schema; the tables are `snapshots`',
`results`' and `notes`', and who may write for long is `lock`'s. Write-ahead log: a reader never
waits for the writer.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from graders.errors import GraderError
from graders.phrases import phrase

NAME = "cohort.db"
FORMAT = 1
BUSY_S = 20.0  # a short write waits this long for another
_SCHEMA = """
CREATE TABLE collections(
    id INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '');
CREATE TABLE snapshots(
    id INTEGER PRIMARY KEY, collection INTEGER NOT NULL REFERENCES collections(id),
    learner TEXT NOT NULL, address TEXT NOT NULL, ref TEXT NOT NULL, fetched TEXT NOT NULL,
    object TEXT NOT NULL, written TEXT NOT NULL, kept TEXT NOT NULL, problem TEXT NOT NULL,
    UNIQUE(collection, learner));
CREATE TABLE files(
    snapshot INTEGER NOT NULL REFERENCES snapshots(id), slug TEXT NOT NULL, state TEXT NOT NULL,
    blob TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, stub TEXT NOT NULL,
    PRIMARY KEY(snapshot, slug)) WITHOUT ROWID;
CREATE INDEX files_by_content ON files(slug, sha256);
CREATE TABLE changes(
    snapshot INTEGER NOT NULL REFERENCES snapshots(id), path TEXT NOT NULL, what TEXT NOT NULL,
    PRIMARY KEY(snapshot, path)) WITHOUT ROWID;
CREATE TABLE bases(
    id TEXT PRIMARY KEY, slug TEXT NOT NULL, suite_sha256 TEXT NOT NULL,
    hidden_sha256 TEXT NOT NULL, kata_sha256 TEXT NOT NULL, seed TEXT NOT NULL,
    grader_version TEXT NOT NULL, kept TEXT NOT NULL, first TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE results(
    id INTEGER PRIMARY KEY, slug TEXT NOT NULL, sha256 TEXT NOT NULL,
    basis TEXT NOT NULL REFERENCES bases(id), verdict TEXT NOT NULL, points REAL NOT NULL,
    report TEXT NOT NULL, judged TEXT NOT NULL, UNIQUE(slug, sha256, basis));
CREATE TABLE faults(
    id INTEGER PRIMARY KEY, slug TEXT NOT NULL, sha256 TEXT NOT NULL,
    basis TEXT NOT NULL REFERENCES bases(id), message TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE overrides(
    id INTEGER PRIMARY KEY, learner TEXT NOT NULL, slug TEXT NOT NULL, points REAL,
    reason TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE comments(
    id INTEGER PRIMARY KEY, learner TEXT NOT NULL, slug TEXT NOT NULL, text TEXT NOT NULL,
    author TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE rubrics(
    id INTEGER PRIMARY KEY, learner TEXT NOT NULL, topic TEXT NOT NULL, item TEXT NOT NULL,
    ticks TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE requests(
    id INTEGER PRIMARY KEY, learner TEXT NOT NULL, slug TEXT NOT NULL, text TEXT NOT NULL,
    state TEXT NOT NULL, answer TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE audit(
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, act TEXT NOT NULL,
    learner TEXT NOT NULL, slug TEXT NOT NULL, told TEXT NOT NULL);
CREATE TABLE returned(
    id INTEGER PRIMARY KEY, learner TEXT NOT NULL, target TEXT NOT NULL, digest TEXT NOT NULL,
    object TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX returned_to ON returned(learner, target);
"""


def now() -> str:
    """Return our time: UTC to the second, as an ISO text that sorts."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def opened(cohort: Path) -> Iterator[sqlite3.Connection]:
    """Open the database of a cohort, made if missing.

    Statements are committed one by one; `with connection:` makes several of them one. Raises
    GraderError for a folder that is no cohort, another format, a damaged or a busy file.
    """
    path = cohort / NAME
    if not (cohort / "cohort.toml").is_file():
        raise GraderError(phrase("{folder}: no cohort.toml here; name the folder that `cohort "
                                 "create` made", folder=cohort))
    with _told(path):
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        try:
            _prepare(connection, path)
            yield connection
        finally:
            connection.close()


@contextmanager
def together(connection: sqlite3.Connection) -> Iterator[None]:
    """Make the statements of a block one: all of them, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise GraderError(phrase("{file}: needs a disk of this machine (no write-ahead log is to "
                                 "be had here); move the cohort's folder there", file=path))
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA trusted_schema = OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        with together(connection):  # another command may have been faster
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {FORMAT}")
                version = FORMAT
    values = {"file": path, "version": version, "known": FORMAT}
    if version > FORMAT:
        raise GraderError(phrase("{file}: format {version} is newer than {known}, the one known "
                                 "here; update graders/", **values))
    if version < FORMAT:
        raise GraderError(phrase("{file}: format {version} is older than {known}, the one known "
                                 "here; open it with the graders that made it", **values))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what SQLite found, in one line."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise GraderError(phrase("{file}: busy for {seconds} s, another command writes to it; "
                                     "run this again when that is done", file=path,
                                     seconds=f"{BUSY_S:g}")) from error
        raise GraderError(phrase("{file}: cannot be used ({error}); mend that, and run again",
                                 file=path, error=error)) from error
    except sqlite3.DatabaseError as error:
        raise GraderError(phrase("{file}: is damaged or no database ({error}); put a copy of it "
                                 "back", file=path, error=error)) from error
    except OSError as error:
        raise GraderError(phrase("{file}: cannot be used ({error}); mend that, and run again",
                                 file=path, error=error.strerror)) from error
