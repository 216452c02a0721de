"""One round of work on a kata, from the stub to its end, and how well it went.

    begun ── hints, refused modules ──┬── accepted ──  easy, good or hard
                                      └── given up ──  again

Pure but for `begin`: memories in, memories out. When a kata comes back is `schedule`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from graders.learn import memory
from graders.learn.memory import Memory, Rated, Rating
from graders.model import Report, Verdict

_DIGITS = 16  # of a module's hash: enough to know a solution again
_SITTING_MINUTES = 12 * 60  # what took longer was no single sitting, and its time tells nothing
_MANY_HINTS = 2
_SLOW = 2.0  # times the kata's minutes


def now() -> datetime:
    """Return this moment, in the time zone of this machine."""
    return datetime.now().astimezone()


def begin(root: Path, slug: str, at: datetime) -> None:
    """Note that work on a kata begins, unless it has begun already, or is finished."""
    known = memory.read(root).get(slug, Memory())
    if known.begun and (known.tries or known.hints or _minutes(known, at) is not None):
        return
    if not known.rated:
        memory.change(root, slug, lambda latest: replace(latest, begun=_stamp(at)))


def judged(
    known: Memory, sha256: str, report: Report, minutes: int, at: datetime
) -> Memory:
    """Return the memory after a verdict. `minutes` are the kata's; 0: its time does not count."""
    refused = not report.accepted and sha256 != known.sha256
    changed = replace(
        known, verdict=report.verdict, sha256=sha256, points=report.points,
        stages=tuple(each.earned for each in report.stages),
        tries=known.tries + refused, begun=known.begun or _stamp(at),
    )  # fmt: skip
    if report.verdict is not Verdict.ACCEPTED or known.rated or _is_old(known, sha256):
        return changed
    return _ended(changed, rate(known, minutes, at), at, sha256[:_DIGITS])


def hinted(known: Memory, number: int, at: datetime) -> Memory:
    """Return the memory after the hint of this number, from 1."""
    return replace(known, hints=max(known.hints, number), begun=known.begun or _stamp(at))


def given_up(known: Memory, at: datetime) -> Memory:
    """Return the memory after the answer was asked for, unsolved."""
    changed = replace(known, gave_up=at.date().isoformat())
    return changed if known.rated else _ended(changed, Rating.AGAIN, at, "")


def anew(known: Memory, at: datetime) -> Memory:
    """Return the memory when the stub is back: in a further round, unless the last has no end.

    The last verdict stays: it is right again when the old solution is put back.
    """
    number = known.round + 1 if known.rated else known.round
    return replace(known, round=number, hints=0, tries=0, gave_up="", begun=_stamp(at))


def rate(known: Memory, minutes: int, at: datetime) -> Rating:
    """Return how well a round went that ends with an accepted module.

    hard: two hints or more, or twice the kata's minutes; easy: no hint, nothing refused before,
    and within the minutes; good: all else.
    """
    took = _minutes(known, at) if minutes else None
    if known.hints >= _MANY_HINTS or (took is not None and took > _SLOW * minutes):
        return Rating.HARD
    quick = took is None or took <= minutes
    return Rating.EASY if quick and not known.hints and not known.tries else Rating.GOOD


def latest(known: Memory) -> Rated | None:
    """Return how the last finished round ended; None where none has."""
    ended: Sequence[Rated] = known.reviews
    return max(ended, key=lambda each: each.round, default=None)


def _is_old(known: Memory, sha256: str) -> bool:
    """Whether this is the solution of an earlier round, put back."""
    return any(each.sha256 == sha256[:_DIGITS] for each in known.reviews if each.sha256)


def _ended(known: Memory, rating: Rating, at: datetime, sha256: str) -> Memory:
    rated = Rated(known.round, at.date().isoformat(), rating, sha256)
    return replace(known, reviews=(*known.reviews, rated))


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _minutes(known: Memory, at: datetime) -> float | None:
    """Return how long ago the round began; None where that is unknown or says nothing."""
    try:
        took = (at - datetime.fromisoformat(known.begun)).total_seconds() / 60
    except (ValueError, TypeError):  # none, or one without a time zone
        return None
    return took if 0 <= took <= _SITTING_MINUTES else None
