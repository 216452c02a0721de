"""Marks as CSV: plain, in detail, for Canvas and for Moodle.

Canvas, after what its importer accepts
(https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb): the first cells
are Student, ID, SIS User ID, SIS Login ID, Section; each further column is an assignment, named by
its title; a row whose first cell has “Points Possible” gives the points. A learner is found by ID,
else by SIS user id, else by SIS login id, else by name; the roster's id stands in both SIS columns.
A title that ends in a number in brackets would be taken for the id of one of Canvas's assignments:
slugs never do. An empty cell takes back a mark that Canvas has.

Moodle, after https://docs.moodle.org/405/en/Grade_import: any columns, mapped by hand on the next
page; users are found by ID number or e-mail address (by case), and one that is not found stops the
whole import; grades and feedback of an activity must come together, or the grades are lost. So each
kata has both. Moodle shows feedback as its own mixture of text and HTML (FORMAT_MOODLE in
https://github.com/moodle/moodle/blob/main/public/grade/import/lib.php), so what would be a tag is
escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from graders.cohort.cells import points, table
from graders.cohort.gradebook import Gradebook
from graders.cohort.marks import Mark
from graders.cohort.seen import TOLD, Seen
from graders.words import say

CANVAS_HEAD = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def plain(book: Gradebook) -> str:
    """Return a row for each learner, a column for each kata, and the total."""
    slugs = [kata.slug for kata in book.katas]
    head = ["id", "name", "email", *slugs, "total", "possible", "settled"]
    return table([head, *(
        [row.learner.id, row.learner.name, row.learner.email,
         *(points(each.points) for each in row.marks), row.total, book.possible,
         "yes" if row.settled else "no"] for row in book.rows)])


def details(book: Gradebook) -> str:
    """Return a row for each learner and kata: how the mark came about, hashes included."""
    head = ["id", "kata", "points", "earned", "days_late", "kept_percent", "standing", "verdict",
            "found", "submission_sha256", "result", "override", "reason", "author", "at"]
    return table([head, *([row.learner.id, *_detail(each)] for row in book.rows
                          for each in row.marks)])


def _detail(mark: Mark) -> Sequence[object]:
    given = mark.override
    return [mark.slug, points(mark.points), mark.earned, mark.days_late, mark.kept_percent,
            mark.standing, mark.verdict, mark.found, mark.sha256, mark.result or "",
            points(given.points) if given else "", given.reason if given else "",
            given.author if given else "", given.at if given else ""]


def canvas(book: Gradebook) -> str:
    """Return the file that Canvas's gradebook imports."""
    slugs = [kata.slug for kata in book.katas]
    head = [*CANVAS_HEAD, *slugs]
    possible = ["    Points Possible", "", "", "", "", *([100] * len(slugs))]
    return table([head, possible, *(
        [row.learner.name, "", row.learner.id, row.learner.id, book.cohort.id,
         *(points(each.points) for each in row.marks)] for row in book.rows)])


def moodle(every: Iterable[Seen], slugs: Sequence[str]) -> str:
    """Return the file that Moodle's gradebook imports."""
    pairs = [word for slug in slugs for word in (slug, f"{slug} (feedback)")]
    head = ["ID number", "Full name", "Email address", *pairs]
    rows = []
    for each in every:
        cells: list[object] = []
        for own in each.katas:
            told = [own.mark.verdict or say(TOLD[own.mark.standing])]
            told += [comment.text for comment in own.comments]
            cells += [points(own.mark.points), escape("\n".join(told), quote=False)]
        rows.append([each.learner.id, each.learner.name, each.learner.email, *cells])
    return table([head, *rows])
