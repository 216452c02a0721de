"""recheck: stored results judged once more, from what the database's hashes stand for.

    result --basis--> suites, limits and seed as they were kept
           --sha256--> the submission as it was kept           --Judge, no cache--> the same?

It takes nothing from the work tree but the title of a kata, so it also tells whether a mark of a
year ago can still be explained. Points and verdict are compared, and neither is changed.
"""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graders.cohort import keep
from graders.cohort.bounded_git import run
from graders.cohort.course import Course
from graders.errors import GraderError
from graders.judge import cache
from graders.judge.judge import Judge
from graders.judge.request import Request, submitted
from graders.model import Kata
from graders.phrases import phrase
from graders.plain import from_plain, to_plain

Done = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """One result: what is stored, and what came out now."""

    id: int
    slug: str
    sha256: str
    stored: tuple[str, float]  # verdict, points
    now: tuple[str, float]

    @property
    def same(self) -> bool:
        """Whether it came out as it is stored."""
        return self.stored == self.now


def recheck(connection: sqlite3.Connection, course: Course, count: int | None, store: Path | None,
            done: Done) -> list[Checked]:
    """Judge results of this cohort's katas again: `count` of them by chance, or all.

    Raises GraderError where a content that a row names is gone or is another one.
    """
    rows = connection.execute(
        "SELECT results.id, results.slug, results.sha256, verdict, points, bases.id, bases.kept, "
        "bases.seed FROM results JOIN bases ON bases.id = results.basis").fetchall()
    rows = [row for row in rows if row[1] in course.bases]
    if count is not None and count < len(rows):
        rows = random.sample(rows, count)
    found = []
    with tempfile.TemporaryDirectory(prefix="kata40-recheck-") as folder, Judge(
            course.root, require_sandbox=True, use_cache=False, store=store) as judge:
        for number, row in enumerate(rows, 1):
            kata, hidden = _basis(course, Path(folder, row[5]), row[1], row[6])
            request = _request(connection, course, kata, row[2])
            report = judge.judge(Request(
                kata, request.submission, hidden, bytes.fromhex(row[7]), request.compile_error))
            found.append(Checked(row[0], row[1], row[2], (row[3], row[4]),
                                 (str(report.verdict), report.points)))
            done(number, len(rows), row[1])
    return found


def _basis(course: Course, folder: Path, slug: str, kept: str) -> tuple[Kata, Path | None]:
    """Lay suites out as they were kept; return the kata that they were of, and the hidden one."""
    names = {"kata.json", f"test_{slug}.py", f"test_hidden_{slug}.py"}
    if not folder.exists():
        folder.mkdir(parents=True)
        for name in names:
            data = run(["-C", str(course.folder / keep.NAME), "cat-file", "blob",
                        f"{kept}:{name}"])
            (folder / name).write_bytes(data)
    read: Mapping[str, object] = json.loads((folder / "kata.json").read_bytes())
    now = to_plain(course.bases[slug].kata)
    kata = from_plain(Kata, {**now, **read, "folder": str(folder)})
    hidden = folder / f"test_hidden_{slug}.py"
    return kata, hidden if hidden.stat().st_size else None  # a warm-up has none


def _request(connection: sqlite3.Connection, course: Course, kata: Kata, sha256: str) -> Request:
    row = connection.execute("SELECT blob, size FROM files WHERE slug = ? AND sha256 = ? LIMIT 1",
                             (kata.slug, sha256)).fetchone()
    store = course.folder / keep.NAME
    data = keep.read(store, [row[0]], row[1])[row[0]] if row else b""
    if row is None or cache.sha256(data) != sha256:
        raise GraderError(phrase("{folder}: the content {blob} is not there; collect again",
                                 folder=store, blob=sha256[:12]))
    return submitted(kata, data, f"{kata.slug}.py", sha256[:12])
