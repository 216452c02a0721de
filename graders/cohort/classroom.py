"""A roster out of the files of GitHub Classroom, which closed in August 2026.

    classroom_roster.csv    identifier,github_username,github_id,name      Students, Download
    grades.csv              …,github_username,roster_identifier,…,         the assignment, Download
                            student_repository_url,…                       grades

An identifier is whatever the teacher typed: a name, a number or an e-mail address. Whoever never
linked an account keeps a place, without a repository. The result is checked as every roster is.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from graders.cohort import roster
from graders.errors import GraderError
from graders.model import Learner
from graders.phrases import phrase

MAX_BYTES = 8 << 20
_ROSTER = ("identifier", "github_username", "name")
_GRADES = ("github_username", "student_repository_url")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def convert(listed: Path, grades: Path | None) -> tuple[Learner, ...]:
    """Return the learners of a classroom; with `grades`, each with their repository.

    Who is only in the grades is a learner as well. Raises GraderError for files that are not
    Classroom's, and for what no roster may hold.
    """
    rows = [(row["identifier"], row["github_username"], row["name"])
            for row in _rows(listed, _ROSTER)]
    repositories = {row["github_username"].casefold(): row["student_repository_url"]
                    for row in _rows(grades, _GRADES)} if grades else {}
    known = {account.casefold() for _, account, _ in rows}
    rows += [(account, account, "") for account in repositories if account not in known]
    learners = [_learner(*row, repositories.get(row[1].casefold(), "")) for row in rows]
    return roster.parse(roster.text(learners).encode(), str(listed))


def _learner(identifier: str, account: str, name: str, repository: str) -> Learner:
    """Make one of what Classroom knows; it knows an address only where it is the identifier."""
    word = re.sub(r"[^a-z0-9_-]+", "-", (account or identifier).casefold()).strip("-_")[:64]
    email = identifier if _EMAIL.fullmatch(identifier) else (
        f"{account or word}@users.noreply.github.com")
    address = f"{repository.removesuffix('/').removesuffix('.git')}.git" if repository else ""
    return Learner(word, (name or identifier)[: roster.NAME_CAP], email, address, account)


def _rows(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        data = path.read_bytes()[: MAX_BYTES + 1]
        if len(data) > MAX_BYTES:
            raise GraderError(phrase("{file}: has more than {size} MiB; is it the right file?",
                                     file=path, size=MAX_BYTES >> 20))
        read = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        rows = [{key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
                for row in read]
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise GraderError(phrase("{file}: cannot be read ({error}); check its permissions",
                                 file=path, error=why)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise GraderError(phrase("{file}: is no CSV file in UTF-8 ({error}); download it again",
                                 file=path, error=error)) from error
    for name in needed:
        if name not in (read.fieldnames or ()):
            raise GraderError(phrase("{file}: has no column '{name}'; download it from GitHub "
                                     "Classroom again, unchanged", file=path, name=name))
    return rows
