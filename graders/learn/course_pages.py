"""What `list`, `path` and `next` print of a learning path."""

from __future__ import annotations

from rich.text import Text

from graders import catalog_paths
from graders.catalog import Catalog
from graders.learn import chosen, paths
from graders.learn.paths import Course
from graders.report import listing
from graders.report.listing import Question, Row, Stretch
from graders.report.screen import Screen, command
from graders.report.standing import State, count
from graders.report.topics import topic_title
from graders.words import language, say

_TYPED = "bold cyan"


def course(catalog: Catalog, screen: Screen) -> str:
    """Return the table of the path that is followed. Raises GraderError."""
    held = paths.course(catalog)
    about = _standing(held)
    if not held.plan.day_minutes:
        return listing.listing(held.standings, screen, about)
    titles = {kata.topic: topic_title(kata, language()) for kata in catalog.katas}
    stretches = [
        Stretch(leg.day.number, leg.day.title.get(language()), leg.minutes, held.plan.day_minutes,
                leg.standings,
                tuple(Question(topic, titles[topic], held.question_minutes,
                               topic not in leg.open_questions) for topic in leg.day.questions))
        for leg in held.legs
    ]
    return listing.by_day(stretches, screen, about)


def every_path(catalog: Catalog, screen: Screen) -> str:
    """Return the table of all paths. Raises GraderError."""
    known = catalog_paths.load(catalog.root)
    followed = paths.in_force(catalog.root, known)
    rows = []
    for name in known.plans:
        held = paths.course(catalog, name)
        solved = count(held.standings, State.SOLVED)
        days = len(held.legs) if held.plan.day_minutes else 0
        rows.append(Row(name, held.plan.title.get(language()), len(held.standings), solved,
                        sum(leg.minutes for leg in held.legs), _left(held), days,
                        name == followed))
    return listing.overview(rows, screen)


def choose(catalog: Catalog, word: str, screen: Screen) -> str:
    """Follow the path of a name or title from now on; return what to say. Raises GraderError."""
    plan = catalog_paths.find(catalog_paths.load(catalog.root), word)
    stored = chosen.choose(catalog.root, plan.name)
    title, about = plan.title.get(language()), plan.description.get(language())
    lines = [Text(say("{name}: {title}. {about}", name=plan.name, title=title, about=about))]
    if stored:
        lines.append(Text(_standing(paths.course(catalog, plan.name))))
        return screen.render(*lines, Text(command("list"), style=_TYPED))
    told = say("It cannot be noted which path you follow (.kata40/ cannot be written).")
    return screen.render(*lines, Text(told), Text(command("path"), style=_TYPED))


def whereabouts(held: Course, slug: str) -> list[Text]:
    """Return the lines of `next` on the path: its day, and the day's open questions."""
    if not held.plan.day_minutes:
        return []
    leg = held.leg_of(slug)
    told = say("Day {number} of {days} on the path {name}: {title}", number=leg.day.number,
               days=len(held.legs), name=held.plan.name, title=leg.day.title.get(language()))
    lines = [Text(told)]
    if leg.open_questions:
        topics = ", ".join(leg.open_questions)
        lines.append(Text(say("Questions of the day: {topics}.", topics=topics)))
    return lines


def _standing(held: Course) -> str:
    told = say("Path {name}: {count} of {total} katas accepted, about {left} of {minutes} minutes "
               "left.", name=held.plan.name, count=count(held.standings, State.SOLVED),
               total=len(held.standings), left=_left(held),
               minutes=sum(leg.minutes for leg in held.legs))  # fmt: skip
    if held.plan.day_minutes:
        days, each = len(held.legs), held.plan.day_minutes
        told += "\n" + say("Its budget: {days} days of {minutes} minutes.", days=days, minutes=each)
    elif held.plan.budget_minutes:
        told += "\n" + say("Its budget: {minutes} minutes.", minutes=held.plan.budget_minutes)
    return told


def _left(held: Course) -> int:
    return sum(leg.left_minutes for leg in held.legs)
