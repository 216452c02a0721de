"""What lateness costs: a pure function of the policy, a learner's deadline and our fetches.

Only our clock counts (THREATS rule 21): a content is as late as the first fetch that found it.
What the first fetch after the deadline finds is on time, since nobody can tell how long before
it the learner had pushed: whoever wants to mark lateness collects at the deadline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graders.cohort.settings import LatePolicy

_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Lateness:
    """Begun days after deadline and grace, and the percentage of the points that is kept."""

    days: int
    kept_percent: int


def parse(moment: str) -> datetime:
    """Return a time that `database.now` wrote."""
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def lateness(policy: LatePolicy, deadline: datetime, found: str,
             fetches: Sequence[str]) -> Lateness:
    """Return how late a content is that `found`, one of the `fetches`, was the first to find."""
    at = parse(found)
    first_after = min((each for each in map(parse, fetches) if each >= deadline), default=at)
    if at <= max(deadline, first_after):
        return Lateness(0, 100)
    late_s = (at - deadline).total_seconds() - 60 * policy.grace_minutes
    if late_s <= 0:
        return Lateness(0, 100)
    days = int(-(-late_s // _DAY_S))
    if policy.closes_after_days and days > policy.closes_after_days:
        return Lateness(days, 0)
    return Lateness(days, max(policy.floor_percent, 100 - days * policy.percent_per_day))
