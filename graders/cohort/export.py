"""Files out of a gradebook: which formats there are, and writing them whole or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from graders.cohort import (
    export_csv,
    export_gradescope,
    export_junit,
    gradebook,
    learner_page,
    pages,
)
from graders.cohort.attention import attention
from graders.cohort.course import Course
from graders.cohort.database import now
from graders.cohort.seen import seen
from graders.errors import GraderError
from graders.phrases import phrase

FORMATS = ("csv", "details", "canvas", "moodle", "gradescope", "junit", "html")


def export(connection: sqlite3.Connection, course: Course, form: str, out: Path) -> list[Path]:
    """Write a cohort's marks in one format below `out`; return the files.

    Raises GraderError where they cannot be written.
    """
    written = []
    for name, text in _files(connection, course, form):
        path = out / name
        try:
            replace(path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise GraderError(phrase("{file}: cannot be written ({error}); mend that, and run "
                                     "again", file=path, error=error.strerror)) from error
        written.append(path)
    return written


def replace(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old or the new one, never a half. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _files(connection: sqlite3.Connection, course: Course, form: str) -> Iterator[
        tuple[str, str]]:
    book = gradebook.read(connection, course)
    every = (seen(connection, book.katas, row) for row in book.rows)
    match form:
        case "csv":
            yield "marks.csv", export_csv.plain(book)
        case "details":
            yield "details.csv", export_csv.details(book)
        case "canvas":
            yield "canvas.csv", export_csv.canvas(book)
        case "moodle":
            yield "moodle.csv", export_csv.moodle(every, [kata.slug for kata in book.katas])
        case "junit":
            yield "junit.xml", export_junit.document(every, course.cohort.id)
        case "gradescope":
            for each in every:
                text = json.dumps(export_gradescope.results(each), ensure_ascii=False, indent=2,
                                  allow_nan=False)
                yield f"gradescope/{each.learner.id}/results.json", text + "\n"
        case "html":
            look = attention(connection, course, book)
            yield "index.html", pages.cohort(book, look, now()[:10])
            for each in every:
                text = learner_page.page(each, course.cohort.title, "")
                yield f"learners/{each.learner.id}.html", text
