"""The learner's path: which one, how far along it, and which kata comes next.

    course ─ Course(plan, legs) ─ Leg: a day, or all of a path without days, and where one stands
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders import catalog_paths, settings, stubs
from graders.catalog import Catalog
from graders.catalog_paths import ALL, Day, Paths, Plan
from graders.learn import chosen, memory
from graders.learn.progress import survey
from graders.model import Kata
from graders.report.standing import Standing, State


@dataclass(frozen=True, slots=True)
class Leg:
    """One day of the path, or all of one without days. `open_questions` were not submitted."""

    day: Day
    standings: tuple[Standing, ...]
    open_questions: tuple[str, ...]
    minutes: int  # what is planned
    left_minutes: int  # of that, what is not done yet


@dataclass(frozen=True, slots=True)
class Course:
    """A path, and where the learner stands on it.

    `given_up` counts as done, for now; what is being done again counts as given up.
    """

    plan: Plan
    legs: tuple[Leg, ...]
    given_up: frozenset[str]
    question_minutes: int

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every kata of the path, in its order."""
        return tuple(each for leg in self.legs for each in leg.standings)

    def leg_of(self, slug: str) -> Leg:
        """Return the leg that a kata of this path is in."""
        return next(leg for leg in self.legs
                    if any(each.kata.slug == slug for each in leg.standings))


def course(catalog: Catalog, name: str = "") -> Course:
    """Return where the learner stands on a path: that of this name, else the one in force.

    Raises GraderError when the paths or the manifest cannot be read.
    """
    paths = catalog_paths.load(catalog.root)
    plan = paths.plans[name or in_force(catalog.root, paths)]
    standings = {each.kata.slug: each for each in survey(catalog)}
    remembered = memory.read(catalog.root)
    gave_up = frozenset(slug for slug, each in remembered.items()
                        if each.gave_up or each.redoing)
    submitted = submitted_questions(catalog)
    legs = []
    for day in catalog_paths.days(plan, catalog):
        here = tuple(standings[kata.slug] for kata in day.katas)
        asked = tuple(topic for topic in day.questions if topic not in submitted)
        left = [each.kata.minutes for each in here
                if each.state is not State.SOLVED and each.kata.slug not in gave_up]
        legs.append(Leg(day, here, asked, catalog_paths.minutes(day, paths),
                        sum(left) + len(asked) * paths.question_minutes))
    return Course(plan, tuple(legs), gave_up, paths.question_minutes)


def in_force(root: Path, paths: Paths) -> str:
    """Return the path that was chosen here, else with the repository, else that of all katas."""
    wishes = (chosen.path(root), settings.read(root).get("path", ""))
    return next((name for name in wishes if name in paths.plans), ALL)


def submitted_questions(catalog: Catalog) -> frozenset[str]:
    """Return the topics whose sheet of answers is no longer as it was shipped."""
    shipped = stubs.known_stubs(catalog.root / "katas")
    return frozenset(kata.topic for kata in _one_of_each_topic(catalog.katas)
                     if _changed_sheet(kata, shipped.get(stubs.sheet_name(kata.topic_folder))))


def following(
    standings: Sequence[Standing], given_up: Collection[str] = ()
) -> Standing | None:
    """Return the first unsolved kata, in the given order, whose prerequisites are all solved.

    Prerequisites outside of `standings` count as solved, and so does what was given up: that
    comes back in `review`. None when nothing is left.
    """
    unsolved = {each.kata.slug for each in standings if each.state is not State.SOLVED}
    unsolved -= set(given_up)
    for each in standings:
        if each.kata.slug in unsolved and unsolved.isdisjoint(each.kata.prerequisites):
            return each
    return None


def started(standings: Sequence[Standing], but: Standing) -> list[str]:
    """Return the slugs of the other katas that are begun and not solved."""
    begun = (each for each in standings if each.state is State.ATTEMPTED and each is not but)
    return [each.kata.slug for each in begun]


def _one_of_each_topic(katas: Iterable[Kata]) -> list[Kata]:
    return list({kata.topic: kata for kata in katas if kata.track}.values())


def _changed_sheet(kata: Kata, shipped: frozenset[str] | None) -> bool:
    """Whether a sheet is there that the manifest does not know; False where it knows none."""
    if not shipped:
        return False
    try:
        data = (kata.folder.parent / "question" / "answers.toml").read_bytes()
    except OSError:
        return False
    return stubs.stub_hash(data) not in shipped
