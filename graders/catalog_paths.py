"""katas/paths.toml: learning paths, which are katas in an order and a budget of minutes.

    parse ─ Paths ─ Plan (as written) ── days ── Day, Day, … (katas of this tree, in order)
                                      └─ faults ── what `verify` says against a plan

Owns what a path means. A plan names katas by slug, day by day or in one list, and picks others by
topic, track, core and difficulty; what is picked brings along what it builds on. A learner's copy
may lack katas: `days` leaves them out without a word, and only `faults` complains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graders.catalog import TOUR, TRACKS, Catalog
from graders.catalog_find import key
from graders.catalog_toml import Document, Keys, Table, open_document
from graders.errors import GraderError, closest, did_you_mean
from graders.model import FORMAT, Kata, Text
from graders.phrases import phrase

FILE = "katas/paths.toml"
ALL = "all"  # the path of who has chosen none
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TOPIC = re.compile(r"[as](0[1-9]|1[0-9]|20)")
_WHOLE = ("title", "description", "katas", "topics", "track", "core", "max_difficulty",
          "questions", "budget_minutes")  # fmt: skip
_DAILY = ("title", "description", "days", "day_minutes")
_MOST_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What one day of a plan, or the whole plan, names: slugs, and topics with their question."""

    title: Text
    katas: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """Which katas a plan takes without naming them; empty, 0 and False ask for nothing."""

    topics: tuple[str, ...] = ()
    track: str = ""
    core: bool = False
    max_difficulty: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """One path as it is written. `day_minutes` 0: it has no days; `budget_minutes` 0: no end."""

    name: str
    title: Text
    description: Text
    listed: tuple[Listed, ...]
    picked: Picked | None  # None: nothing but what is listed
    day_minutes: int = 0
    budget_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Paths:
    """All plans by name, in the order of the file."""

    document: Document
    plans: Mapping[str, Plan]
    question_minutes: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a path in this tree; of a path without days, all of it (`number` 0)."""

    number: int
    title: Text
    katas: tuple[Kata, ...]
    questions: tuple[str, ...]  # topics of this tree


def load(root: Path) -> Paths:
    """Return the paths of a tree; one of all katas where there is no such file.

    Raises GraderError at the first thing that cannot be read.
    """
    path = root / FILE
    if not path.exists() and not path.is_symlink():
        return parse(Document(FILE, _NONE))
    return parse(open_document(root, path, phrase("the learning paths")))


def parse(document: Document) -> Paths:
    """Return the paths of a file; raises GraderError at the first thing that is wrong."""
    top = document.parse()
    number = top.whole("format", -(10**9), 10**9)
    if number != FORMAT:
        age, advice = ("old", "write the file anew") if number < FORMAT else (
            "new", "update the graders")
        what = f"format {number} is too {age} for these graders, which read format {FORMAT}"
        raise top.fail("format", f"{what}; {advice}")
    minutes = top.whole("question_minutes", 0, 600, 0)
    names = [name for name in top.data if name not in ("format", "question_minutes")]
    for name in names:
        if not _NAME.fullmatch(name):
            raise top.fail(name, f"'{name}' cannot name a path; use letters a-z, digits and _")
    if ALL not in names:
        what = f"no path '{ALL}', which those follow who have chosen none"
        raise document.error((), f"{what}; add [{ALL}]")
    plans = {name: _plan(name, top.table(name)) for name in names}
    return Paths(document, MappingProxyType(plans), minutes)


def find(paths: Paths, word: str) -> Plan:
    """Return the path of a name or title, however written. Raises GraderError."""
    wanted = key(word)
    names = {key(each): plan.name for plan in paths.plans.values()
             for each in (plan.title.zh, plan.title.en, plan.name)}  # fmt: skip
    if wanted in names:
        return paths.plans[names[wanted]]
    if close := closest(wanted, names):
        raise GraderError(phrase("{word}: no path has this name; did you mean '{close}'?",
                                 word=word, close=names[close]))
    raise GraderError(phrase("{word}: no path has this name; choose one of: {names}",
                             word=word, names=", ".join(paths.plans)))


def days(plan: Plan, catalog: Catalog) -> tuple[Day, ...]:
    """Return what the path holds in this tree, in its order; days keep their numbers when empty.

    The tour comes first. What the tree lacks is left out.
    """
    katas = {kata.slug: kata for kata in catalog.katas}
    topics = {kata.topic for kata in catalog.katas}
    made = []
    for number, listed in enumerate(plan.listed, 1):
        slugs = [slug for slug in listed.katas if slug in katas]
        if number == 1 and TOUR in katas:
            slugs = list(dict.fromkeys([TOUR, *slugs]))
        if plan.picked is not None:
            slugs = _with_prerequisites(slugs, _matching(plan.picked, catalog.katas), katas)
        questions = tuple(topic for topic in listed.questions if topic in topics)
        made.append(Day(number if plan.day_minutes else 0, listed.title,
                        tuple(katas[slug] for slug in slugs), questions))
    return tuple(made)


def minutes(day: Day, paths: Paths) -> int:
    """Return what the katas and questions of a day take together."""
    return sum(kata.minutes for kata in day.katas) + len(day.questions) * paths.question_minutes


def faults(paths: Paths, catalog: Catalog) -> Iterator[tuple[Keys, str]]:
    """Yield what is wrong with the plans in a complete tree, and the keys of the place."""
    for plan in paths.plans.values():
        yield from _slugs(plan, catalog)
        held = days(plan, catalog)
        yield from _order(plan, held)
        yield from _budget(plan, held, paths)


def _plan(name: str, table: Table) -> Plan:
    known = _DAILY if "days" in table.data else _WHOLE
    table.only(*known)
    title, description = _both(table, "title"), _both(table, "description")
    if "days" in table.data:
        listed = tuple(_day(each) for each in table.tables("days"))
        if not listed:
            raise table.fail("days", "there are no days; begin each with "
                                     f"[[{name}.days]]")
        return Plan(name, title, description, listed, None,
                    day_minutes=table.whole("day_minutes", 1, 24 * 60))
    slugs, topics = table.words("katas"), _topics(table, "topics")
    track = table.choice("track", sorted(TRACKS.values())) if "track" in table.data else ""
    picked = Picked(topics, track, table.flag("core", False),
                    _optional(table, "max_difficulty", 5))
    named_only = slugs and picked == Picked()
    listed = (Listed(title, slugs, _topics(table, "questions")),)
    budget = _optional(table, "budget_minutes", _MOST_MINUTES)
    return Plan(name, title, description, listed, None if named_only else picked,
                budget_minutes=budget)


def _day(table: Table) -> Listed:
    table.only("title", "katas", "questions")
    return Listed(_both(table, "title"), table.words("katas"), _topics(table, "questions"))


def _optional(table: Table, name: str, most: int) -> int:
    return table.whole(name, 1, most) if name in table.data else 0


def _both(table: Table, name: str) -> Text:
    texts = table.table(name, required=True).only("en", "zh")
    return Text(en=texts.text("en"), zh=texts.text("zh"))


def _topics(table: Table, name: str) -> tuple[str, ...]:
    words = table.words(name)
    for word in words:
        if not _TOPIC.fullmatch(word):
            raise table.fail(name, f"'{word}' in '{name}' is no topic; write codes, a01 to a20 "
                                   "and s01 to s20")
    return words


def _matching(picked: Picked, katas: Sequence[Kata]) -> list[str]:
    """Return the slugs of what is picked: in the order of the topics, else of the tree."""
    found = [
        kata for kata in katas
        if (not picked.topics or kata.topic in picked.topics)
        and (not picked.track or kata.track == picked.track)
        and (kata.core or not picked.core)
        and (not picked.max_difficulty or kata.difficulty <= picked.max_difficulty)
    ]  # fmt: skip
    if picked.topics:
        found.sort(key=lambda kata: picked.topics.index(kata.topic))
    return [kata.slug for kata in found]


def _with_prerequisites(
    first: Sequence[str], picked: Iterable[str], katas: Mapping[str, Kata]
) -> list[str]:
    """Return `first` as it stands, then what is picked, each after what it builds on."""
    order = dict.fromkeys(first)

    def add(slug: str) -> None:
        for needed in katas[slug].prerequisites:
            if needed in katas and needed not in order:
                add(needed)
        order.setdefault(slug)

    for slug in picked:
        add(slug)
    return list(order)


def _slugs(plan: Plan, catalog: Catalog) -> Iterator[tuple[Keys, str]]:
    known = [kata.slug for kata in catalog.katas]
    seen: set[str] = set()
    for number, listed in enumerate(plan.listed):
        place = _place(plan, number, "katas")
        for slug in listed.katas:
            if slug not in known:
                advice = did_you_mean(slug, known) or "; leave it out until it exists"
                yield place, f"no kata '{slug}'{advice}"
            if slug in seen:
                yield place, f"'{slug}' is on an earlier day of this path; name it once"
            seen.add(slug)


def _order(plan: Plan, held: Sequence[Day]) -> Iterator[tuple[Keys, str]]:
    whole = {kata.slug for day in held for kata in day.katas}
    seen: set[str] = set()
    for number, day in enumerate(held):
        for kata in day.katas:
            for needed in kata.prerequisites:
                if needed not in seen:
                    where = "comes later" if needed in whole else "is not on this path"
                    yield (_place(plan, number, "katas"),
                           f"'{kata.slug}' builds on '{needed}', which {where}; put that before it")
            seen.add(kata.slug)


def _budget(plan: Plan, held: Sequence[Day], paths: Paths) -> Iterator[tuple[Keys, str]]:
    for number, day in enumerate(held):
        used, most = minutes(day, paths), plan.day_minutes or plan.budget_minutes
        if most and used > most:
            name = f"day {day.number}" if day.number else "the path"
            what = f"{name} takes {used} minutes, more than its {most}"
            last = "title" if day.number else "budget_minutes"
            yield _place(plan, number, last), f"{what}; take something out, or give it more time"


def _place(plan: Plan, number: int, last: str) -> Keys:
    return (plan.name, "days", number, last) if plan.day_minutes else (plan.name, last)


_NONE = """
format = 1
[all]
title = { en = "All katas", zh = "全部练习" }
description = { en = "Every kata, topic by topic.", zh = "按主题排列的全部练习。" }
"""
