"""What a mock interview is made of: a warm-up, a kata and a question that fit its minutes.

What was not solved yet comes first, then what is begun, then what is due for a review, then the
rest. The same seed in the same checkout, on the same day, gives the same interview.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from graders.catalog import Catalog
from graders.errors import GraderError
from graders.learn import memory, question, schedule
from graders.learn.interview import Kind, Part
from graders.learn.progress import survey
from graders.model import Kata
from graders.phrases import phrase
from graders.question import paper
from graders.question.items import Form
from graders.question.place import Place, places
from graders.question.results import Mark
from graders.report.standing import State

_QUESTION_SHARE, _QUESTION_LEAST, _QUESTION_MOST = 5, 5, 20  # a fifth, in minutes
_LIKE = 6.0  # how much worse than the best may be taken
# In minutes too much: what one would rather do than come to an item of that freshness.
_STALE = (0.0, 5.0, 150.0, 300.0)
_TOO_SHORT, _SAME_TOPIC, _HARD_WARM_UP, _NO_WARM_UP = 0.3, 10.0, 8.0, 3.0
_WARM_UP_ORDER = 10  # that of a topic's warm-up


@dataclass(frozen=True, slots=True)
class _Question:
    """An item that asks for an explanation."""

    topic: str
    item: str
    answered: bool


def parts(
    catalog: Catalog, katas: Sequence[Kata], minutes: int, random: Random
) -> tuple[Part, ...]:
    """Return the parts of an interview of so many minutes, chosen from `katas`, the tour aside.

    A part that the tree has nothing for is left out. Raises GraderError when no kata is there.
    """
    katas = [each for each in katas if each.track]
    if not katas:
        raise GraderError(phrase("mock: there is no kata on this path; choose another one"))
    asked = _questions(catalog, katas)
    share = min(max(minutes // _QUESTION_SHARE, _QUESTION_LEAST), _QUESTION_MOST)
    room = minutes - (share if asked else 0)
    chosen = _pair(katas, _freshness(catalog, date.today()), max(room, 1), random)
    planned = sum(kata.minutes for kata in chosen)
    found = [Part(kind, kata.slug, max(1, round(kata.minutes * min(1.0, room / planned))))
             for kind, kata in zip((Kind.WARM_UP, Kind.KATA)[-len(chosen):], chosen, strict=True)]
    if asked:
        of = chosen[-1].topic
        best = min((each.answered, each.topic != of) for each in asked)
        likely = [each for each in asked if (each.answered, each.topic != of) == best]
        one = random.choice(likely)
        found.append(Part(Kind.QUESTION, one.topic, share, one.item))
    return tuple(found)


def _pair(
    katas: Sequence[Kata], freshness: Mapping[str, int], room: int, random: Random
) -> tuple[Kata, ...]:
    """Return warm-up and kata; the kata alone where there is only one."""
    if len(katas) == 1:
        return tuple(katas)
    stale = {slug: _STALE[each] for slug, each in freshness.items()}
    pairs = [(_cost(warm, kata, room) + stale[warm.slug] + stale[kata.slug], (warm, kata))
             for warm, kata in itertools.permutations(katas, 2)
             if (warm.minutes, warm.difficulty) <= (kata.minutes, kata.difficulty)]
    least = min(cost for cost, _ in pairs)
    return random.choice([pair for cost, pair in pairs if cost <= least + _LIKE])


def _cost(warm: Kata, kata: Kata, room: int) -> float:
    """Return how badly a pair suits, in minutes too much."""
    both = warm.minutes + kata.minutes
    cost = float(both - room) if both > room else _TOO_SHORT * (room - both)
    cost += _SAME_TOPIC * (warm.topic == kata.topic)
    cost += _HARD_WARM_UP * (warm.difficulty - 1)
    return cost + _NO_WARM_UP * (warm.order != _WARM_UP_ORDER)


def _freshness(catalog: Catalog, today: date) -> dict[str, int]:
    """Return by slug: 0 not begun, 1 begun, 2 done and due again, 3 done."""
    remembered = memory.read(catalog.root)
    found = {}
    for each in survey(catalog):
        known = remembered.get(each.kata.slug, memory.Memory())
        left = schedule.days_left(known, today)
        if left is not None and not known.redoing:
            found[each.kata.slug] = 2 if left <= 0 else 3
        elif each.state is State.SOLVED:
            found[each.kata.slug] = 3
        else:
            found[each.kata.slug] = int(each.state is State.ATTEMPTED)
    return found


def _questions(catalog: Catalog, katas: Sequence[Kata]) -> list[_Question]:
    """Return what the topics of these katas ask to be explained; of all topics if they do not."""
    return _asked(catalog.root, places(catalog.root, katas)) or _asked(
        catalog.root, places(catalog.root, catalog.katas))


def _asked(root: Path, sets: Sequence[Place]) -> list[_Question]:
    found = []
    for place, marked in zip(sets, question.grade(root, sets), strict=True):
        handed_in = {each.id for each in marked.items if each.mark is Mark.SUBMITTED}
        with suppress(GraderError):  # a set with a fault: `grade` tells of it
            found += [_Question(place.topic, item.id, item.id in handed_in)
                      for item in paper.read(place).items if item.form is Form.EXPLAIN]
    return found
