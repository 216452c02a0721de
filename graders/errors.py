"""Errors that end a command with one clear line instead of a traceback.

The text is always *where: what is wrong; what to do*. They are raised where the fault is
seen and printed once, in the command line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class GraderError(Exception):
    """Something the person at the keyboard can mend. Exit code 2."""

    exit_code = 2


class Withheld(GraderError):
    """What was asked for is not to be had, or not yet; nothing is wrong. Exit code 1."""

    exit_code = 1


class JudgeError(GraderError):
    """The judge itself cannot do its work; never a learner's fault. Exit code 3."""

    exit_code = 3


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like `word`, or an empty string."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the closest known word, or an empty string."""
    close = closest(word, known)
    return f"; did you mean '{close}'?" if close else ""
