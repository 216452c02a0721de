"""What `list` and `path` print: tables of katas, and of paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from graders.report.screen import Screen, command
from graders.report.standing import Standing, State
from graders.words import mark, say

STATES = {
    State.SOLVED: mark("solved"),
    State.ATTEMPTED: mark("attempted"),
    State.UNTOUCHED: mark("untouched"),
}
_MARKS = {State.SOLVED: "green", State.ATTEMPTED: "yellow", State.UNTOUCHED: "dim"}


@dataclass(frozen=True, slots=True)
class Question:
    """One topic's question on a path. `submitted`: its answers are no longer as shipped."""

    topic: str
    title: str
    minutes: int
    submitted: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """One day of a path. `minutes` are planned, `budget` is what a day has."""

    number: int
    title: str
    minutes: int
    budget: int
    standings: tuple[Standing, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One path in the table of them."""

    name: str
    title: str
    katas: int
    solved: int
    minutes: int
    left: int
    days: int
    in_force: bool


def listing(standings: Sequence[Standing], screen: Screen, about: str = "") -> str:
    """Return the table of katas, topic by topic, in their order; below it what is said about it."""
    headings = (say("topic"), say("kata"), say("title"))
    table = screen.table(*headings, say("difficulty"), say("minutes"), say("state"), right=(3, 4))
    topic = ""
    for each in standings:
        kata = each.kata
        shown = "" if kata.topic == topic or not kata.track else kata.topic
        topic = kata.topic
        row = (shown, kata.slug, screen.title(kata), str(kata.difficulty), str(kata.minutes))
        table.add_row(*row, _state(each.state))
    return screen.render(table, Text(), *_below(about))


def by_day(stretches: Sequence[Stretch], screen: Screen, about: str) -> str:
    """Return the table of a path that has days: each with its budget, katas and questions."""
    headings = (say("day"), say("topic"), say("kata"), say("title"))
    table = screen.table(*headings, say("minutes"), say("state"), right=(0, 4))
    for day in stretches:
        used = say("{minutes} of {budget}", minutes=day.minutes, budget=day.budget)
        table.add_row(str(day.number), "", "", Text(day.title, style="bold"), used, "")
        for each in day.standings:
            kata = each.kata
            title = screen.title(kata)
            table.add_row("", kata.topic if kata.track else "", kata.slug, title,
                          str(kata.minutes), _state(each.state))
        for asked in day.questions:
            state = Text(say("submitted"), style="green") if asked.submitted else ""
            table.add_row("", asked.topic, say("question"), asked.title, str(asked.minutes), state)
    return screen.render(table, Text(), *_below(about))


def overview(rows: Sequence[Row], screen: Screen) -> str:
    """Return the table of all paths; a star marks the one in force."""
    headings = ("", say("path"), say("title"), say("days"), say("katas"))
    table = screen.table(*headings, say("solved"), say("minutes"), say("left"),
                         right=(3, 4, 5, 6, 7))  # fmt: skip
    for row in rows:
        style = "bold" if row.in_force else None
        table.add_row("*" if row.in_force else "", row.name, row.title, str(row.days or ""),
                      str(row.katas), str(row.solved), str(row.minutes), str(row.left), style=style)
    typed = Text(command("path", "NAME"), style="bold cyan")
    return screen.render(table, Text(), Text(say("Follow another one:")), typed)


def _state(state: State) -> Text:
    return Text(say(STATES[state]), style=_MARKS[state])


def _below(about: str) -> list[RenderableType]:
    lines = [Text(line) for line in about.splitlines()]
    return [*lines, Text(command("next"), style="bold cyan")]
