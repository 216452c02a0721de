"""One run of `grade` as Markdown, for the summary page of a GitHub workflow.

Everything that is not ours stands between tags of HTML and is escaped for them, so nothing in a
test's name or a learner's output is read as Markdown, a mention or a link.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from graders.model import Report, Verdict
from graders.question.results import SheetResult
from graders.report import question
from graders.report.detail import detail
from graders.report.screen import Screen
from graders.report.standing import Standing, State, count, failing, faulty, judged
from graders.words import say

_CAP = 500_000  # characters; GitHub drops a summary of more than 1 MiB whole


def markdown(
    standings: Sequence[Standing], screen: Screen, sheets: Sequence[SheetResult] = ()
) -> str:
    """Return the summary: tables of verdicts and marks, then each kata's first failing case."""
    reports = judged(standings)
    solved = count(standings, State.SOLVED)
    total = say("Accepted katas: {count} of {total}", count=solved, total=len(standings))
    parts = [f"### {total}\n"]
    if reports:
        parts.append(_table(reports, screen))
    else:
        parts.append(say("Nothing to judge yet: no kata here has been changed.") + "\n")
    if marked := question.section(sheets, screen, every=False):
        parts.append(f"<pre>\n{_escaped(screen.render(*marked[1:]))}</pre>\n")
    katas = {each.kata.slug: each.kata for each in standings}
    for report in [*failing(reports), *faulty(reports)]:
        told = screen.render(*detail(katas[report.kata], report, screen))
        parts.append(f"<pre>\n{_escaped(told)}</pre>\n")
    return _capped("\n".join(parts), say("The rest is left out; the log of the run has all of it."))


def _table(reports: Sequence[Report], screen: Screen) -> str:
    rows = [
        "| " + " | ".join((say("kata"), say("verdict"), say("points"))) + " |",
        "|---|---|---:|",
    ]
    for report in reports:
        told = str(screen.verdict(report))
        points = "" if report.verdict is Verdict.JUDGE_ERROR else f"{report.points:g}"
        rows.append(f"| {_cell(report.kata)} | {_cell(told)} | {points} |")
    return "\n".join(rows) + "\n"


def _escaped(text: str) -> str:
    """Escape for HTML; no line is left empty, which would end the block for some readers."""
    return html.escape(text).replace("\n\n", "\n&nbsp;\n")


def _cell(text: str) -> str:
    return html.escape(text).replace("|", "&#124;").replace("\n", " ")


def _capped(text: str, mark: str) -> str:
    if len(text) <= _CAP:
        return text
    kept = text[:_CAP].rpartition("</pre>\n")
    return f"{kept[0]}{kept[1]}\n{mark}\n"
