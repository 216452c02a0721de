"""roster.csv: who the learners of a cohort are.

    id,name,email,repo,account
    ada,Ada Lovelace,ada@example.org,https://example.org/ada/katas.git,
    linus,林纳斯,linus@example.org,,linus-t

Read whole before anything is returned: one bad row and there is no roster at all. Every fault is
found, the first is told in full and the others by their lines. Owns the format and what its
errors say; fetches nothing, and an address that it lets pass may still lead nowhere.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graders.cohort.addresses import UNSEEN, address_fault
from graders.errors import GraderError, did_you_mean
from graders.model import Learner

MAX_BYTES = 8 << 20
MAX_ROWS = 100_000
MAX_LINE = 4_096  # characters of one line; a long address has some hundreds
NAME_CAP = 80  # characters
SHOWN = 5  # further faults whose places are named

_NEEDED = ("id", "name", "email")
_COLUMNS = (*_NEEDED, "repo", "account")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}"
                    r"(\.[A-Za-z0-9-]{1,63})+")


def read(path: Path) -> tuple[Learner, ...]:
    """Return the learners of a roster in its order. Raises GraderError for anything amiss."""
    shown = _visible(str(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise GraderError(f"{shown}: is not a regular file; name a CSV file")
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise GraderError(f"{shown}: cannot be read ({why}); check its name and permissions"
                          ) from error
    return parse(data, shown)


def parse(data: bytes, shown: str) -> tuple[Learner, ...]:
    """Return the learners in the bytes of a roster; `shown` names it in the GraderError."""
    if len(data) > MAX_BYTES:
        raise GraderError(f"{shown}: has more than {MAX_BYTES >> 20} MiB; split the cohort")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GraderError(f"{shown}:{line}: is not UTF-8; save the file in this encoding"
                          ) from error
    reading = _Reading(shown)
    rows = reading.rows(text)
    columns = reading.header(rows)
    learners = [reading.learner(line, row, columns) for line, row in rows]
    if reading.faults:
        raise reading.error()
    if not learners:
        raise GraderError(f"{shown}: names no learner; add a line for each below the header")
    return tuple(learners)


def text(learners: Iterable[Learner]) -> str:
    """Return the roster of these learners, as `parse` reads it."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(_COLUMNS)
    rows.writerows((each.id, each.name, each.email, each.repo, each.account) for each in learners)
    return written.getvalue()


@dataclass
class _Reading:
    """One roster under way: the faults found so far, and which ids are taken."""

    shown: str
    faults: list[tuple[int, str]] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)  # id, case-folded -> line

    def error(self) -> GraderError:
        """Return the first fault, and where the others are."""
        line, what = self.faults[0]
        others = list(dict.fromkeys(str(place) for place, _ in self.faults[1:]))
        more = ""
        if others:
            etc = ", …" if len(others) > SHOWN else ""
            count = len(self.faults) - 1
            more = f" (and {count} more fault{'s' if count > 1 else ''}, in line " \
                   f"{', '.join(others[:SHOWN])}{etc})"
        return GraderError(f"{self.shown}:{line}: {what}{more}")

    def rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, fields) of every row that is not blank."""
        lines = re.split(r"\r\n|\r|\n", text)
        for number, line in enumerate(lines, 1):
            if len(line) > MAX_LINE:
                raise GraderError(f"{self.shown}:{number}: has more than {MAX_LINE} characters; "
                                  "write one learner on each line")
            if number > MAX_ROWS + 1 and line.strip():
                raise GraderError(f"{self.shown}:{number}: more than {MAX_ROWS} lines; "
                                  "split the cohort")
            if not line.strip(" \t,"):
                continue
            try:
                row = next(csv.reader([line], strict=True))
            except csv.Error:
                self.faults.append((number, "quotes do not match; close each, double those within"))
                continue
            yield number, [each.strip(" \t") for each in row]

    def header(self, rows: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
        """Return the place of each column. Raises GraderError: without it no row can be read."""
        line, row = next(rows, (1, []))
        at = f"{self.shown}:{line}"
        wanted = f"begin with the line {','.join((*_NEEDED, 'repo'))}"
        if self.faults:
            raise self.error()
        if not row:
            raise GraderError(f"{at}: is empty; {wanted}")
        for place, name in enumerate(row, 1):
            if name not in _COLUMNS:
                advice = did_you_mean(name[:64].lower(), _COLUMNS) or f"; {wanted}"
                what = f"unknown column '{_visible(name)}'"
                raise GraderError(f"{at}: column {place}: {what}{advice}")
            if row.count(name) > 1:
                raise GraderError(f"{at}: column '{name}' stands twice; remove one")
        for name in _NEEDED:
            if name not in row:
                raise GraderError(f"{at}: column '{name}' is missing; {wanted}")
        return {name: place for place, name in enumerate(row)}

    def learner(self, line: int, row: list[str], columns: dict[str, int]) -> Learner:
        """Return the learner of one row, having noted what is wrong with it."""
        if len(row) > len(columns):
            what = f"has {len(row)} fields for {len(columns)} columns"
            self.faults.append((line, f"{what}; put a text that holds a comma in quotes"))
            return Learner("", "", "")
        held = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        for name, value in held.items():
            if fault := _CHECKS[name](value):
                told = f"column '{name}': '{_visible(value)}' {fault}"
                self.faults.append((line, told if value else f"column '{name}': is empty; fill it"))
        folded = held["id"].casefold()
        first = self.taken.setdefault(folded, line)
        if folded and first != line:
            what = f"column 'id': '{_visible(held['id'])}' is taken by line {first}"
            self.faults.append((line, f"{what}; give each learner an id of their own"))
        return Learner(**held)


def _id_fault(value: str) -> str:
    if _ID.fullmatch(value):
        return ""
    return "is no id; use 1 to 64 of a-z, 0-9, _ and -, a letter or digit first"


def _name_fault(value: str) -> str:
    if not 1 <= len(value) <= NAME_CAP:
        return f"is no name; write 1 to {NAME_CAP} characters"
    if any(unicodedata.category(each) in UNSEEN for each in value):
        return "holds characters that cannot be seen or turn the text round; remove them"
    return ""


def _email_fault(value: str) -> str:
    if len(value) <= 254 and _EMAIL.fullmatch(value):
        return ""
    return "is no e-mail address; write it like ada@example.org"


def _repo_fault(value: str) -> str:
    return address_fault(value) if value else ""


def _account_fault(value: str) -> str:
    if not value or _ACCOUNT.fullmatch(value):
        return ""
    return "is no name of an account; use letters, digits, . _ and -"


_CHECKS: dict[str, Callable[[str], str]] = {
    "id": _id_fault, "name": _name_fault, "email": _email_fault, "repo": _repo_fault,
    "account": _account_fault,
}


def _visible(text: str) -> str:
    """Return `text` short and with everything invisible escaped, fit for one line of an error."""
    shown = "".join(
        each.encode("unicode_escape").decode() if unicodedata.category(each) in UNSEEN else each
        for each in text[:NAME_CAP])
    return shown if len(text) <= NAME_CAP else f"{shown}…"
