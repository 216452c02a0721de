"""The report of a checkout as one page of HTML: `Overview` in, text out.

The page stands alone (no script, no request, not even a picture), in both languages at once; a
switch of two radio buttons shows one of them. Every value passes through `visible` and is escaped
by jinja2's autoescape, so what a learner wrote is shown and nothing of it is markup.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.model import Text
from graders.question.results import Mark, Outcome, SheetResult
from graders.report.listing import STATES
from graders.report.standing import State
from graders.words import LANGUAGES, language, mark, say, say_n, speaking, tell

_TEMPLATE = "progress.html"
_KEEP = "\n\t"
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, bidirectional, surrogates, private
_OUTCOMES = {
    Outcome.ACCEPTED: mark("accepted"), Outcome.NOT_ACCEPTED: mark("not all right yet"),
    Outcome.NOT_STARTED: mark("untouched"), Outcome.UNREADABLE: mark("cannot be read"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KataRow:
    """One kata. `points` and `stages` (title, earned, possible) are of the last verdict.

    `changed`: the module is another one since. `went` is an English text that has a translation.
    `due`: days until it comes back, negative when overdue; None when it does not.
    """

    slug: str
    title: Text
    difficulty: int
    minutes: int
    state: State
    judged: bool = False
    changed: bool = False
    points: float = 0.0
    stages: tuple[tuple[Text, float, int], ...] = ()
    hints: int = 0
    hints_of: int = 0
    rounds: int = 0  # that ended
    went: str = ""
    last: str = ""  # an ISO date
    due: int | None = None
    redoing: bool = False


@dataclass(frozen=True, slots=True)
class TopicPart:
    """One topic: its katas and, where it has one, its question set."""

    code: str
    title: Text
    katas: tuple[KataRow, ...]
    sheet: SheetResult | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that a report tells."""

    name: str  # of the learner, or of the repository; may be empty
    day: str
    path: Text
    left_minutes: int
    topics: tuple[TopicPart, ...]

    @property
    def katas(self) -> list[KataRow]:
        """Every kata, in the order of the topics."""
        return [kata for topic in self.topics for kata in topic.katas]


def page(overview: Overview) -> str:
    """Return the page; it opens in the language that is spoken."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True,
        undefined=StrictUndefined, finalize=visible, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True)  # fmt: skip
    views = {}
    for each in LANGUAGES:
        with speaking(each):
            views[each] = _view(overview)
    return environment.get_template(_TEMPLATE).render(views=views, chosen=language())


def visible(value: Any) -> Any:
    """Return a text with everything invisible or directional as an escape; other values as such."""
    if not isinstance(value, str) or (value.isascii() and value.isprintable()):
        return value
    return "".join(each if each in _KEEP or unicodedata.category(each) not in _HIDDEN
                   else f"\\u{ord(each):04x}" for each in value)


def _view(overview: Overview) -> dict[str, Any]:
    """Return all words and numbers of the page in the language that is spoken."""
    katas = overview.katas
    due = sorted((each for each in katas if each.due is not None),
                 key=lambda each: (each.due, each.slug))
    return {
        "title": say("Progress"),
        "name": overview.name,
        "day": overview.day,
        "path": say("{name}: about {left} minutes left.",
                    name=overview.path.get(language()), left=overview.left_minutes),
        "tiles": _tiles(overview, katas),
        "labels": _labels(),
        "reviews": [_kata(each) for each in due],
        "topics": [_topic(each) for each in overview.topics],
        "nothing_due": say("Nothing to review yet: katas come back after you have solved or given "
                           "them up."),
        "note": say("A picture of this checkout, not a mark: it shows the last verdicts that were "
                    "given here, of the visible tests."),
    }


def _tiles(overview: Overview, katas: list[KataRow]) -> list[dict[str, str]]:
    sheets = [each.sheet for each in overview.topics if each.sheet]
    solved = sum(each.state is State.SOLVED for each in katas)
    begun = sum(each.state is State.ATTEMPTED for each in katas)
    points = sum(each.points for each in katas)
    due = sum(each.due is not None and each.due <= 0 and not each.redoing for each in katas)
    right = sum(each.outcome is Outcome.ACCEPTED for each in sheets)
    return [
        {"value": f"{solved}/{len(katas)}", "label": say("katas accepted")},
        {"value": str(begun), "label": say("katas begun")},
        {"value": f"{points:,.0f}/{100 * len(katas):,}", "label": say("points")},
        {"value": str(sum(each.hints for each in katas)), "label": say("hints")},
        {"value": str(due), "label": say("reviews due")},
        {"value": f"{right}/{len(sheets)}", "label": say("question sets accepted")},
    ]


def _labels() -> dict[str, str]:
    return {
        "kata": say("kata"), "difficulty": say("difficulty"), "minutes": say("minutes"),
        "state": say("state"), "points": say("points"), "stages": say("stages"),
        "hints": say("hints"), "review": say("review"), "last": say("last time"),
        "went": say("went"), "reviews": say("Reviews"), "topics": say("Topics"),
        "questions": say("questions"), "changed": say("changed since"),
    }  # fmt: skip


def _topic(topic: TopicPart) -> dict[str, Any]:
    solved = sum(each.state is State.SOLVED for each in topic.katas)
    return {
        "code": topic.code, "title": topic.title.get(language()), "solved": solved,
        "total": len(topic.katas), "katas": [_kata(each) for each in topic.katas],
        "sheet": _sheet(topic.sheet) if topic.sheet else None,
    }  # fmt: skip


def _kata(row: KataRow) -> dict[str, Any]:
    return {
        "slug": row.slug, "title": row.title.get(language()), "difficulty": row.difficulty,
        "minutes": row.minutes, "state": say(STATES[row.state]), "class": str(row.state),
        "points": f"{row.points:g}" if row.judged else "", "changed": row.changed,
        "stages": [{"title": title.get(language()), "earned": f"{earned:g}", "of": of}
                   for title, earned, of in row.stages],
        "hints": f"{row.hints}/{row.hints_of}" if row.hints else "",
        "last": row.last, "went": say(row.went) if row.went else "", "review": _when(row),
        "due": row.due is not None and row.due <= 0 and not row.redoing,
    }  # fmt: skip


def _when(row: KataRow) -> str:
    if row.redoing:
        return say("begun again")
    if row.due is None:
        return ""
    if row.due == 0:
        return say("today")
    if row.due < 0:
        return say_n("due for {count} day", "due for {count} days", -row.due)
    return say_n("in {count} day", "in {count} days", row.due)


def _sheet(sheet: SheetResult) -> dict[str, Any]:
    told = [say(_OUTCOMES[sheet.outcome])]
    if sheet.items:
        answered = sum(each.mark is not Mark.NOT_ANSWERED for each in sheet.items)
        told += [say("{points} points", points=f"{sheet.points:g}"),
                 say("{count} of {total} answered", count=answered, total=len(sheet.items))]
    told += [say("{item}: you said {count} of {total} points.", item=each.id,
                 count=len(each.ticks), total=len(each.notes)).rstrip(".。")
             for each in sheet.items if each.mark is Mark.SUBMITTED]
    solved = sheet.outcome is Outcome.ACCEPTED
    state = State.SOLVED if solved else State.ATTEMPTED
    untouched = sheet.outcome is Outcome.NOT_STARTED
    return {"told": say("; ").join(told), "message": tell(sheet.message),
            "class": str(State.UNTOUCHED if untouched else state)}
