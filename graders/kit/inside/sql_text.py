"""SQL as text: question marks into the placeholders of other drivers, and what a statement is.

Pure. Knows strings, quoted names, comments and PostgreSQL's dollar quotes, in which a question
mark is a character like any other.
"""

from __future__ import annotations

import re

_PIECES = re.compile(
    r"""
    (?P<kept> '(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*`   # strings and names; quotes are doubled
      | --[^\n]* | /\*.*?\*/ | (?P<tag>\$\w*\$).*?(?P=tag) )
    | (?P<mark> \? ) | (?P<percent> % ) | (?P<open> ['"`] | /\* )
    | (?P<second> ; (?! (?: \s | -- [^\n]* | /\*.*?\*/ )* \Z ) )
    """, re.VERBOSE | re.DOTALL)
_HEAD = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_WORD = re.compile(r"\w+")
READING = frozenset({"SELECT", "VALUES", "EXPLAIN", "PRAGMA", "SHOW", "WITH", "TABLE", "DESCRIBE"})
STEERING = frozenset({"BEGIN", "START", "COMMIT", "ROLLBACK", "END", "ABORT", "SAVEPOINT",
                      "RELEASE", "ATTACH", "DETACH"})


def to_format(text: str) -> tuple[str, int]:
    """Return `text` with %s for each `?`, every other % doubled, and how many there were.

    A backslash is no escape: MySQL's is switched off by the session's sql_mode. Raises ValueError
    for a string, name or comment that does not end, and for a second statement.
    """
    count = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal count
        if match["open"]:
            raise ValueError(f"a {match['open']} that is not closed: {text[match.start():][:40]}")
        if match["second"]:
            raise ValueError("more than one statement")
        if match["mark"]:
            count += 1
            return "%s"
        return match[0].replace("%", "%%")

    return _PIECES.sub(replaced, text), count


def verb(text: str) -> str:
    """Return the first word of a statement in capitals; empty where there is none."""
    head = _HEAD.match(text)
    word = _WORD.match(text, head.end() if head else 0)
    return word[0].upper() if word else ""
