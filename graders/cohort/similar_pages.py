"""The report on likeness: a ranked list, and each pair side by side."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from graders.cohort import gradebook, keep
from graders.cohort.course import Course
from graders.cohort.export import replace
from graders.cohort.marks import Standing
from graders.cohort.pages import render
from graders.cohort.similarity import Module, Pair, pairs, parts, trivial
from graders.words import say

MOST_PAGES = 500  # of pairs; a cohort of hundreds may have ten thousand, and nobody reads them

Done = Callable[[int, int, str], None]


def write(connection: sqlite3.Connection, course: Course, out: Path, least_percent: int,
          done: Done) -> tuple[list[Pair], list[str]]:
    """Write index.html and a page for each of the likest pairs below `out`.

    Return all pairs, the likest first, and the katas that were left out as trivial.
    """
    modules = _modules(connection, course)
    found, left_out = [], []
    for number, kata in enumerate(course.katas, 1):
        if trivial(course, kata):
            left_out.append(kata.slug)
        else:
            stub = kata.stub.read_text(encoding="utf-8")
            found += pairs(kata.slug, modules.get(kata.slug, []), stub, least_percent)
        done(number, len(course.katas), kata.slug)
    found.sort(key=lambda pair: (pair.one.text != pair.other.text, -pair.percent))
    title = say("Alike modules: {title}", title=course.cohort.title)
    rows = []
    for number, pair in enumerate(found[:MOST_PAGES], 1):
        name = f"pair-{number:04}.html"
        replace(out / name, _pair(pair).encode("utf-8", "backslashreplace"))
        rows.append({"href": name, "percent": pair.percent, "slug": pair.slug,
                     "one": pair.one.learner, "other": pair.other.learner})
    more = len(found) - MOST_PAGES
    page = render("similar.html", {
        "title": title, "rows": rows,
        "about": say("A pair is a reason to look, never a verdict. Names and strings do not "
                     "count, nor does what the handed-out stub has."),
        "left": say("Left out, since right answers are alike: {slugs}",
                    slugs=", ".join(left_out)) if left_out else "",
        "more": say("and {count} more pairs", count=more) if more > 0 else "",
        "labels": {"percent": say("alike, %"), "kata": say("kata"), "learners": say("learners"),
                   "nothing": say("No pair is that much alike.")}})
    replace(out / "index.html", page.encode("utf-8", "backslashreplace"))
    return found, left_out


def _modules(connection: sqlite3.Connection, course: Course) -> dict[str, list[Module]]:
    """Return the modules that count for a mark; untouched ones are no work of anybody."""
    book = gradebook.read(connection, course)
    blobs = [(row.learner.id, mark) for row in book.rows for mark in row.marks
             if mark.standing is Standing.JUDGED]
    store = keep.open_store(course.folder)
    found: dict[str, list[Module]] = {}
    texts: dict[str, bytes] = {}
    for begin in range(0, len(blobs), 500):
        some = [mark.blob for _, mark in blobs[begin: begin + 500]]
        texts |= keep.read(store, some, 500 << 20)
    for learner, mark in blobs:
        text = texts[mark.blob].decode("utf-8", "replace")
        found.setdefault(mark.slug, []).append(Module(learner, text))
    return found


def _pair(pair: Pair) -> str:
    return render("pair.html", {
        "title": f"{pair.slug}: {pair.one.learner}, {pair.other.learner}",
        "about": say("{percent} % alike", percent=pair.percent),
        "sides": [{"who": module.learner, "parts": parts(module.text, marks)}
                  for module, marks in zip((pair.one, pair.other), pair.marks, strict=True)]})
