"""Which learners' modules are alike: copydetect's winnowed fingerprints, over what was collected.

copydetect (MIT) runs here and uploads nothing. It compares by structure: names and strings do not
count, and what the handed-out stub has is left out. compare50, kept more busily, cannot be
installed beside jsonschema (it wants attrs before 21); Dolos and JPlag need Node and Java; MOSS is
a server of others.

Katas of which nearly every right answer looks the same are left out: where the reference has few
lines beyond its stub. A pair is a reason to look, never a verdict.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.catalog import solutions_dir
from graders.cohort.course import Course
from graders.errors import GraderError
from graders.model import Kata
from graders.phrases import phrase

LEAST_LINES = 12  # of a reference beyond its stub
MOST_BYTES = 64 << 10  # a larger module is no kata's
_GRAM, _WINDOW = 25, 10  # tokens: copydetect's own defaults are 25 and 1..25 less
LEAST_PERCENT = 60


@dataclass(frozen=True, slots=True)
class Module:
    """One learner's module of a kata."""

    learner: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two modules that are alike; `percent` of the smaller part that both have in common.

    `marks` are the places of what they share, as (begin, end) in each text.
    """

    slug: str
    percent: int
    one: Module
    other: Module
    marks: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


def trivial(course: Course, kata: Kata) -> bool:
    """Whether right answers to a kata cannot but be alike."""
    path = solutions_dir(course.root, kata) / f"{kata.slug}.py"
    if not path.is_file():
        return True
    lines = [_code(each.read_text(encoding="utf-8")) for each in (path, kata.stub)]
    return len(lines[0] - lines[1]) < LEAST_LINES


def _code(text: str) -> set[str]:
    stripped = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return {line for line in stripped if line and not line.startswith(('"', "'"))}


def pairs(slug: str, modules: Sequence[Module], stub: str, least_percent: int) -> list[Pair]:
    """Return the pairs of a kata that have much in common, the most first.

    Raises GraderError where copydetect is not installed.
    """
    prints = _fingerprints(slug, modules, stub)
    found = [pair for pair in _compared(slug, prints) if pair.percent >= least_percent]
    return sorted(found, key=lambda pair: (-pair.percent, pair.one.learner, pair.other.learner))


def _fingerprints(slug: str, modules: Sequence[Module], stub: str) -> list[tuple[Module, Any]]:
    try:
        from copydetect import CodeFingerprint  # type: ignore[import-untyped]
    except ImportError as error:
        raise GraderError(phrase("copydetect: is not installed; run this by: {command}",
                                 command="python3 noxfile.py -s cohort -- similarity")) from error
    name = f"{slug}.py"
    shipped = list(CodeFingerprint(name, _GRAM, 1, fp=io.StringIO(stub)).hashes)
    found = []
    for module in modules:
        if len(module.text) <= MOST_BYTES:
            made = CodeFingerprint(name, _GRAM, _WINDOW, boilerplate=shipped,
                                   fp=io.StringIO(module.text))
            if len(made.hashes):
                found.append((module, made))
    return found


def _compared(slug: str, prints: Sequence[tuple[Module, Any]]) -> Iterator[Pair]:
    from copydetect import compare_files

    for number, (one, first) in enumerate(prints):
        for other, second in prints[number + 1:]:
            _, shares, slices = compare_files(first, second)
            percent = min(100, round(100 * max(shares)))
            if percent:
                yield Pair(slug, percent, one, other, (_spans(slices[0]), _spans(slices[1])))


def _spans(slices: Any) -> tuple[tuple[int, int], ...]:
    if not len(slices):
        return ()
    return tuple(sorted((int(begin), int(end)) for begin, end in zip(*slices, strict=True)))


def parts(text: str, marks: Sequence[tuple[int, int]]) -> list[Mapping[str, object]]:
    """Return a text cut where marks begin and end, by whole lines: {"text": …, "marked": …}."""
    cut: list[Mapping[str, object]] = []
    at = 0
    for begin, end in marks:
        begin = max(text.rfind("\n", 0, begin) + 1, at)  # copydetect's places are near ones
        end = len(text[:end]) + len(text[end:].partition("\n")[0])
        if begin >= end:
            continue
        cut += [{"text": text[at:begin], "marked": False}, {"text": text[begin:end],
                                                           "marked": True}]
        at = end
    return [*cut, {"text": text[at:], "marked": False}]
