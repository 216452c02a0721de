"""return: each learner's page to where they find it, once for each state of their marks.

    page --commit of ours--> branch `feedback` of the learner's repository     (push)
    page --file--> DIR/<id>.html                                               (for an LMS)

What was delivered is a row with the page's hash, so a run that was broken off goes on, and one
without news does nothing. A commit is made of page and predecessor alone: pushed twice it is the
same. Nothing of the learner's is run by a push, nor does a repository on this disk lead it
elsewhere: see `receiving`. The branch is ours; where somebody moved it, that is told and left.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graders.catalog import solutions_dir
from graders.cohort import access, gradebook, keep, learner_page
from graders.cohort.bounded_git import Bounds, run
from graders.cohort.collect import REPOSITORIES
from graders.cohort.course import Course
from graders.cohort.database import now, together
from graders.cohort.export import replace
from graders.cohort.fetch import File, State, located
from graders.cohort.lock import sweep
from graders.cohort.seen import Seen, seen
from graders.cohort.transfer import taken
from graders.errors import GraderError
from graders.git import PROTOCOLS
from graders.words import say, speaking

BRANCH = "feedback"
PAGE = "feedback.html"
_PUSH = Bounds(wall_s=90.0, cpu_s=30)

Done = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one run did; `problems` are (learner, why)."""

    sent: tuple[str, ...]
    same: int
    problems: tuple[tuple[str, str], ...]


def deliver(connection: sqlite3.Connection, course: Course, out: Path | None, today: date,
            done: Done) -> Delivered:
    """Deliver all pages: as files below `out`, or with None as a branch of each repository.

    A repository that cannot be pushed to is a problem of its own; the others go on.
    """
    book = gradebook.read(connection, course)
    store = keep.open_store(course.folder)
    sweep(store)
    sent, problems, same = [], [], 0
    answers = _answers(course, today)
    for count, row in enumerate(book.rows, 1):
        shown = seen(connection, book.katas, row)
        files = _files(course, shown, answers)
        digest = hashlib.sha256(b"\0".join(
            each.path.encode() + b"\0" + each.data for each in files)).hexdigest()
        target = f"file:{out.resolve()}" if out else f"branch:{_address(course, shown)}"
        before = _last(connection, shown.learner.id, target)
        if before and before[0] == digest and (out is None or _there(out, shown, files)):
            same += 1
        else:
            try:
                made = _write(out, shown, files) if out else _push(
                    course, store, shown, files, before[1] if before else "")
            except (GraderError, OSError) as error:
                problems.append((shown.learner.id, str(error)))
            else:
                _record(connection, shown.learner.id, target, (digest, made))
                sent.append(shown.learner.id)
        done(count, len(book.rows), shown.learner.id)
    return Delivered(tuple(sent), same, tuple(problems))


def _files(course: Course, shown: Seen, answers: tuple[File, ...]) -> list[File]:
    with speaking(course.cohort.language):
        text = learner_page.page(shown, course.cohort.title, _opening(course))
    data = text.encode("utf-8", "backslashreplace")
    return [File(PAGE, State.TAKEN, data=data, size=len(data)), *answers]


def _opening(course: Course) -> str:
    match course.cohort.answers_after:
        case "":
            return ""
        case "never":
            return say("The analyses of these katas are not handed out.")
        case day:
            return say("The analyses of these katas open after {day}.", day=day)


def _answers(course: Course, today: date) -> tuple[File, ...]:
    """Return the analyses, once their day is over: as `answer` has it in a learner's copy."""
    day = course.cohort.answers_after
    if day in ("", "never") or date.fromisoformat(day) >= today:
        return ()
    name = "ANSWER.zh.md" if course.cohort.language == "zh" else "ANSWER.md"
    found = []
    for kata in course.katas:
        path = solutions_dir(course.root, kata) / name
        if path.is_file():
            data = path.read_bytes()
            found.append(File(f"answers/{kata.slug}.md", State.TAKEN, data=data, size=len(data)))
    return tuple(found)


def _address(course: Course, shown: Seen) -> str:
    return shown.learner.repo or f"{REPOSITORIES}/{shown.learner.id}"


def _placed(shown: Seen, files: list[File]) -> Iterator[tuple[str, bytes]]:
    """Yield where files go below a folder for an LMS: a learner's page bears their id."""
    for each in files:
        yield f"{shown.learner.id}.html" if each.path == PAGE else each.path, each.data


def _there(out: Path, shown: Seen, files: list[File]) -> bool:
    return all((out / name).is_file() and (out / name).read_bytes() == data
               for name, data in _placed(shown, files))


def _write(out: Path, shown: Seen, files: list[File]) -> str:
    for name, data in _placed(shown, files):
        replace(out / name, data)
    return ""


def _push(course: Course, store: Path, shown: Seen, files: list[File], parent: str) -> str:
    address = located(_address(course, shown), course.folder)
    about = keep.About(f"{course.cohort.title}\n", int(course.cohort.deadline.timestamp()), parent)
    ref = f"refs/returned/{shown.learner.id}"
    if parent:  # what an earlier run made and could not push may stand there
        run(["-C", str(store), "update-ref", ref, parent])
    else:
        run(["-C", str(store), "update-ref", "-d", ref])
    commit = keep.keep(store, ref, files, about)
    with taken(address, checked_out=False) as where:
        run(["-C", str(store), "push", "--quiet", "--no-verify", "--no-recurse-submodules", "--",
             where, f"{commit}:refs/heads/{BRANCH}"], _PUSH, protocols=PROTOCOLS,
            variables=access.variables(course.cohort))
    return commit


def _last(connection: sqlite3.Connection, learner: str, target: str) -> tuple[str, str] | None:
    row = connection.execute(
        "SELECT digest, object FROM returned WHERE learner = ? AND target = ? "
        "ORDER BY id DESC LIMIT 1", (learner, target)).fetchone()
    return (row[0], row[1]) if row else None


def _record(connection: sqlite3.Connection, learner: str, target: str,
            made: tuple[str, str]) -> None:
    with together(connection):
        connection.execute(
            "INSERT INTO returned(learner, target, digest, object, at) VALUES(?, ?, ?, ?, ?)",
            (learner, target, *made, now()))
