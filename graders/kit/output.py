"""What a program printed, against what it should have: the first difference, in plain words.

Lines and their tokens (what stands between spaces) are compared. Spaces at the end of a line, how
many there are between tokens, and empty lines at the end do not matter; all else does. Pure: knows
nothing of processes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain, zip_longest

from graders.phrases import phrase

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_WIDTH = 160  # characters shown of a line
_BEFORE = 40  # of them before the first difference
_LINES = 16  # lines shown of an input
_CAP = 1200  # characters shown of an input


class WrongOutput(AssertionError):
    """The output is not what was expected: the two lines that differ, and how they do."""

    def __init__(self, expected: str, got: str, why: str) -> None:
        super().__init__(expected, got, why)
        self.expected, self.got, self.why = expected, got, why

    def __str__(self) -> str:
        parts = [("", self.why), ("expected: ", self.expected), ("got:      ", self.got)]
        return "\n".join(label + text for label, text in parts if text)


def lines_of(text: str) -> list[str]:
    """Return the lines of `text` without the spaces at their ends and empty lines at the end."""
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def compare(got: str, expected: str) -> None:
    """Raise WrongOutput unless both have the same tokens on the same lines."""
    if got == expected:
        return
    theirs, ours = lines_of(got), lines_of(expected)
    split = [line.split() for line in theirs]
    wanted = [line.split() for line in ours]
    if split == wanted:
        return
    for number, (mine, good) in enumerate(zip_longest(split, wanted), 1):
        if mine != good:
            line = theirs[number - 1] or phrase("(an empty line)") if mine is not None else ""
            right = ours[number - 1] or phrase("(an empty line)") if good is not None else ""
            at = _first(mine or [], good or [])
            raise WrongOutput(_shown(right, at), _shown(line, at),
                              _layout(split, wanted, number) or _why(mine, good, number))


def _first(mine: list[str], good: list[str]) -> int:
    """Return the position of the first token that differs."""
    pairs = enumerate(zip(mine, good, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(mine), len(good)))


def _layout(split: list[list[str]], wanted: list[list[str]], number: int) -> str:
    """Return what is wrong where only the breaks between lines and tokens are; else ""."""
    mine, good = list(chain.from_iterable(split)), list(chain.from_iterable(wanted))
    if not split and len(wanted) == 1:
        return phrase("nothing was printed; 1 line expected")
    if not split:
        return phrase("nothing was printed; {count} lines expected", count=len(wanted))
    if mine == good:
        if split[number - 1 : number] == [[]]:
            return phrase("line {number}: is empty; print nothing but the answers", number=number)
        if wanted[number - 1 : number] == [[]]:
            return phrase("line {number}: an empty line expected", number=number)
        if len(split) < len(wanted):
            return phrase("line {number}: missing newline between cases; several answers stand on "
                          "one line", number=number)
        return phrase("line {number}: a line break within an answer; it belongs on one line",
                      number=number)
    if len(split) < len(wanted) and "".join(mine) == "".join(good):
        return phrase("line {number}: missing newline between cases; the answers run together",
                      number=number)
    return ""


def _why(mine: list[str] | None, good: list[str] | None, number: int) -> str:
    """Return how one line differs; None: it is not there."""
    if good is None:
        return phrase("line {number}: extra output after the last answer", number=number)
    if mine is None:
        return phrase("the output ends before line {number}", number=number)
    if len(mine) != len(good):
        return _count(len(mine), len(good), number)
    at = _first(mine, good)
    return _token(mine[at], good[at], phrase("line {number}, token {place}", number=number,
                                             place=at + 1) if len(good) > 1 else
                  phrase("line {number}", number=number))


def _count(mine: int, good: int, number: int) -> str:
    if mine == 0:
        return phrase("line {number}: is empty; print nothing but the answers", number=number)
    if good == 0:
        return phrase("line {number}: an empty line expected", number=number)
    if mine == 1:
        return phrase("line {number}: 1 token, {expected} expected", number=number, expected=good)
    return phrase("line {number}: {count} tokens, {expected} expected", number=number, count=mine,
                  expected=good)


def _token(mine: str, good: str, place: str) -> str:
    numbers = bool(_NUMBER.fullmatch(mine)), bool(_NUMBER.fullmatch(good))
    if numbers == (True, False):
        return phrase("{text}: a number where a word was expected", text=place)
    if numbers == (False, True):
        return phrase("{text}: a word where a number was expected", text=place)
    if numbers == (True, True) and _same_number(mine, good):
        return phrase("{text}: the right number in another form", text=place)
    if mine.casefold() == good.casefold():
        return phrase("{text}: the right word in other letters (large and small ones count)",
                      text=place)
    if numbers == (True, True):
        return phrase("{text}: another number", text=place)
    return phrase("{text}: another word", text=place)


def _same_number(mine: str, good: str) -> bool:
    return max(len(mine), len(good)) <= _WIDTH and Decimal(mine) == Decimal(good)


def _shown(line: str, token: int) -> str:
    """Return a line; of a long one the part around its token number `token`."""
    if len(line) <= _WIDTH:
        return line
    starts = [match.start() for match in re.finditer(r"\S+", line)]
    at = starts[min(token, len(starts) - 1)] if starts else 0
    start = max(0, at - _BEFORE)
    end = start + _WIDTH
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def shortened(data: bytes) -> str:
    """Return an input as it is shown with a failure: its first lines."""
    text = data[: 4 * _CAP].decode("utf-8", "backslashreplace")
    lines = text.split("\n", _LINES)[:_LINES]
    shown = "\n".join(line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…" for line in lines)
    shown = shown[:_CAP]
    left = data.count(b"\n") - shown.count("\n")
    return f"{shown.rstrip()}\n…" if left > 1 or len(data) > 4 * _CAP else shown.rstrip("\n")
