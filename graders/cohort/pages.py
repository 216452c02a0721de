"""The pages of a cohort in HTML: what jinja2 needs, and the page of all.

Each page stands alone: no script, no request. Every value passes through `visible` and is escaped
by autoescape. They are written in the language that is spoken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graders.cohort.gradebook import Gradebook
from graders.cohort.marks import Mark, Standing
from graders.cohort.seen import TOLD
from graders.model import Verdict
from graders.report.html import visible
from graders.report.screen import meaning
from graders.words import language, say

_BINS = 10


def render(template: str, view: Mapping[str, Any]) -> str:
    """Return the page of a template; `view` holds its values."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True,
        undefined=StrictUndefined, finalize=visible, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True)
    lang = "zh-Hans" if language() == "zh" else "en"
    return environment.get_template(template).render(lang=lang, **view)


def cohort(book: Gradebook, look: list[str], day: str) -> str:
    """Return the page of a cohort: matrix, distribution, and what to look at."""
    total = len(book.rows)
    settled = sum(row.settled for row in book.rows)
    mean = sum(row.total for row in book.rows) / total if total else 0.0
    return render("cohort.html", {
        "title": book.cohort.title, "about": say("{day}; {count} learners", day=day, count=total),
        "tiles": [
            {"value": total, "label": say("learners")},
            {"value": len(book.katas), "label": say("katas")},
            {"value": f"{mean:.1f}/{book.possible}", "label": say("mean of the totals")},
            {"value": f"{settled}/{total}", "label": say("settled")}],
        "look": look, "bars": _bars(book), "katas": _katas(book), "rows": _rows(book),
        "labels": {
            "look": say("To look at"), "nothing": say("Nothing."),
            "distribution": say("Distribution of the totals"), "katas": say("Katas"),
            "kata": say("kata"), "mean": say("mean"), "full": say("with all points"),
            "untouched": say("not started"), "marks": say("Marks"), "learner": say("learner"),
            "total": say("total")},
    })


def shown(points: float | None) -> str:
    """Return a mark as people read it."""
    return "…" if points is None else f"{points:g}"


def colour(points: float | None) -> str:
    """Return the class of a mark: all, some or no points, or open."""
    if points is None:
        return "open"
    return "full" if points >= 100 else "part" if points > 0 else "none"


def why(mark: Mark) -> str:
    """Return in words why a mark is what it is."""
    told = meaning(Verdict(mark.verdict)) if mark.verdict else say(TOLD[mark.standing])
    if mark.override:
        return say("given by the instructor: {reason}", reason=mark.override.reason)
    if mark.days_late:
        return say("{why}; {earned} points, {days} days late: {percent} % are kept", why=told,
                   earned=f"{mark.earned:g}", days=mark.days_late, percent=mark.kept_percent)
    return told


def _bars(book: Gradebook) -> list[dict[str, Any]]:
    width = max(book.possible / _BINS, 1)
    counts = Counter(min(int(row.total // width), _BINS - 1) for row in book.rows)
    most = max(counts.values(), default=1)
    return [{"label": f"{number * width:g}–{(number + 1) * width:g}", "count": counts[number],
             "percent": round(100 * counts[number] / most)} for number in range(_BINS)]


def _katas(book: Gradebook) -> list[dict[str, Any]]:
    found = []
    for place, kata in enumerate(book.katas):
        marks = [row.marks[place] for row in book.rows]
        known = [each.points for each in marks if each.points is not None]
        found.append({
            "slug": kata.slug, "title": kata.title.get(language()),
            "mean": f"{sum(known) / len(known):.1f}" if known else "",
            "full": sum(points == 100 for points in known),
            "untouched": sum(each.standing is Standing.UNTOUCHED for each in marks)})
    return found


def _rows(book: Gradebook) -> list[dict[str, Any]]:
    return [{"id": row.learner.id, "name": row.learner.name, "total": f"{row.total:g}",
             "marks": [{"text": shown(each.points), "class": colour(each.points),
                        "why": why(each)} for each in row.marks]} for row in book.rows]
