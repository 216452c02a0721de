"""What the judge said, as rows: one for each content of a kata under one basis.

A Report is kept whole, as the instructor sees it. What the judge failed on is no result: it is
withheld, listed, and tried again by the next run.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graders import __version__
from graders.cohort.basis import Basis
from graders.cohort.database import now, together
from graders.errors import GraderError
from graders.model import Report, Verdict
from graders.phrases import phrase
from graders.plain import from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Result:
    """What a submission came to under one basis."""

    id: int
    slug: str
    sha256: str
    basis: str
    verdict: Verdict
    points: float  # of 100
    judged: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A submission that the judge could not judge: neither nothing nor everything is earned."""

    slug: str
    sha256: str
    message: str
    at: str


def register(connection: sqlite3.Connection, basis: Basis, kept: str) -> None:
    """Write down what a basis consists of; `kept` names our commit that holds its files."""
    connection.execute(
        "INSERT OR IGNORE INTO bases VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (basis.id, basis.kata.slug, basis.suite_sha256, basis.hidden_sha256, basis.kata_sha256,
         basis.seed.hex(), __version__, kept, now()))


def registered(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of all bases that were ever judged by."""
    return {each for (each,) in connection.execute("SELECT id FROM bases")}


def add(connection: sqlite3.Connection, basis: Basis, reports: Iterable[Report]) -> None:
    """Write Reports, all or none of them; one that is there already stays as it is."""
    with together(connection):
        for report in reports:
            key = (report.kata, report.submission_sha256, basis.id)
            if report.verdict is Verdict.JUDGE_ERROR:
                connection.execute(
                    "INSERT INTO faults(slug, sha256, basis, message, at) VALUES(?, ?, ?, ?, ?)",
                    (*key, report.message, now()))
                continue
            text = json.dumps(to_plain(report), ensure_ascii=False, allow_nan=False)
            connection.execute(
                "INSERT OR IGNORE INTO results(slug, sha256, basis, verdict, points, report, "
                "judged) VALUES(?, ?, ?, ?, ?, ?, ?)",
                (*key, report.verdict, report.points, text, now()))


def of_basis(connection: sqlite3.Connection, basis: str) -> dict[str, Result]:
    """Return the results under one basis, by the submission's hash."""
    rows = connection.execute(
        "SELECT id, slug, sha256, basis, verdict, points, judged FROM results WHERE basis = ?",
        (basis,))
    found = (Result(number, slug, sha256, base, Verdict(verdict), points, judged)
             for number, slug, sha256, base, verdict, points, judged in rows)
    return {each.sha256: each for each in found}


def earlier(connection: sqlite3.Connection, slug: str, but: str) -> str:
    """Return the basis that was used for a kata before `but`; "" when there is none."""
    row = connection.execute(
        "SELECT basis FROM results WHERE slug = ? AND basis != ? ORDER BY id DESC LIMIT 1",
        (slug, but)).fetchone()
    return row[0] if row else ""


def faults(connection: sqlite3.Connection, bases: Mapping[str, Basis]) -> list[Fault]:
    """Return what is withheld now: faults under a basis in force, without a result since."""
    found = []
    for basis in bases.values():
        found += [Fault(*row) for row in connection.execute(
            "SELECT slug, sha256, message, max(at) FROM faults WHERE basis = ? AND NOT EXISTS("
            "SELECT 1 FROM results WHERE results.sha256 = faults.sha256 AND "
            "results.basis = faults.basis) GROUP BY slug, sha256", (basis.id,))]
    return found


def report(connection: sqlite3.Connection, result: int) -> Report:
    """Return the Report of a result. Raises GraderError for a row that cannot be read."""
    row = connection.execute("SELECT report FROM results WHERE id = ?", (result,)).fetchone()
    try:
        return from_plain(Report, json.loads(row[0]))
    except (TypeError, ValueError) as error:
        raise GraderError(phrase("cohort.db: result {number} cannot be read ({error}); judge it "
                                 "again", number=result, error=error)) from error
