"""When a kata comes back, by FSRS, a spaced-repetition scheduler (the package `fsrs`).

Only how each round ended is stored; the schedule is worked out from that, without chance, so that
two machines agree and a newer fsrs may plan differently.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from graders.learn.memory import Memory, Rating

# A kata costs the better part of an hour, a flash card ten seconds. To have forgotten one in five
# when it comes back, not one in ten, makes three rounds of ten.
_RETENTION = 0.8
_NOON = time(12, tzinfo=UTC)


def due(known: Memory) -> date | None:
    """Return the day from which a kata should be done again; None where no round has ended."""
    from fsrs import Card, Scheduler
    from fsrs import Rating as Grade

    grades: Mapping[Rating, Grade] = {
        Rating.AGAIN: Grade.Again, Rating.HARD: Grade.Hard, Rating.GOOD: Grade.Good,
        Rating.EASY: Grade.Easy,
    }  # fmt: skip
    # Steps of minutes, as for cards on one evening, make no sense here.
    scheduler = Scheduler(desired_retention=_RETENTION, learning_steps=(), relearning_steps=(),
                          enable_fuzzing=False)
    card, seen = Card(card_id=1), False
    try:
        for each in sorted(known.reviews, key=lambda rated: (rated.day, rated.round)):
            at = datetime.combine(date.fromisoformat(each.day), _NOON)
            card, _ = scheduler.review_card(card, grades[each.rating], at)
            seen = True
    except (ValueError, OverflowError):  # no date, or one that has no day long after it
        return None
    return card.due.date() if seen else None


def days_left(known: Memory, today: date) -> int | None:
    """Return in how many days a kata is due, negative when it was; None where it is not."""
    day = due(known)
    return None if day is None else (day - today).days
