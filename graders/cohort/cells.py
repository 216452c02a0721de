"""Texts on their way out of the database, made harmless for each format (THREATS rule 20).

What a learner or a file's name brought is cleaned when it was stored; here it is escaped again,
for readers that take a leading "=" for a formula, or a control character for an end.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from graders.report.html import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def cell(value: object) -> str:
    """Return a CSV cell that no spreadsheet evaluates; numbers as they are."""
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}"
    text = str(visible(str(value)))
    return f"'{text}" if text.startswith(_FORMULA) else text


def table(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180)."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def xml(text: str) -> str:
    """Return a text without the characters that no XML may hold, not even escaped."""
    return _NO_XML.sub("\ufffd", str(visible(text)))


def points(value: float | None) -> object:
    """Return a mark as a cell: two decimals at most, empty while it is not settled."""
    return "" if value is None else round(value, 2)
