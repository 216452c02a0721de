"""What this repository was told when it was made: the flat part of `.copier-answers.yml`.

    path: sprint                       the learning path of who has chosen none
    answers_from: https://…            where the branch reference-solutions is
    answers_after: '2026-03-01'        when `answer` opens; "never"; absent: always

copier writes that file, asks again at an update only for what is new, and so keeps what an
instructor set. Read line by line, without a reader of YAML: copier's answers to our questions are
words in one line, quoted or not. Anything else counts as absent.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from graders.errors import GraderError
from graders.phrases import phrase

FILE = ".copier-answers.yml"
NEVER = "never"
_LINE = re.compile(r"([A-Za-z_]\w*):[ \t]+(?:'((?:[^']|'')*)'|\"([^\"\\]*)\"|([^'\"#\s].*?))[ \t]*")
_EMPTY = ("null", "~")
_MAX_BYTES = 64 * 1024


def read(root: Path) -> dict[str, str]:
    """Return the settings; empty where there is no file that can be read."""
    try:
        with (root / FILE).open("rb") as file:
            text = file.read(_MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    held = {}
    for line in text.splitlines():
        if found := _LINE.fullmatch(line):
            name, single, double, bare = found.groups()
            value = single.replace("''", "'") if single is not None else double or bare or ""
            held[name] = "" if bare in _EMPTY else value
    return held


def answers_wait(root: Path, today: date) -> str:
    """Return "" where answers may be shown today, else the last day of waiting, or "never".

    Compared with this machine's own date: a teaching guard, nothing that holds against a clock
    set forward. Raises GraderError for a setting that is neither a date nor a word known here.
    """
    setting = read(root).get("answers_after", "").strip()
    if not setting or setting == NEVER:
        return setting
    try:
        last = date.fromisoformat(setting)
    except ValueError as error:
        raise GraderError(phrase(
            "{file}: answers_after is '{setting}'; write a date like 2026-03-01, or never",
            file=FILE, setting=setting[:80])) from error
    return "" if today > last else last.isoformat()
