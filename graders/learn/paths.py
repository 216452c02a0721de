"""Which kata comes next."""

from __future__ import annotations

from collections.abc import Sequence

from graders.report.standing import Standing, State


def following(standings: Sequence[Standing]) -> Standing | None:
    """Return the first unsolved kata, in the given order, whose prerequisites are all solved.

    Prerequisites outside of `standings` count as solved. None when all katas are solved.
    """
    unsolved = {each.kata.slug for each in standings if each.state is not State.SOLVED}
    for each in standings:
        if each.kata.slug in unsolved and unsolved.isdisjoint(each.kata.prerequisites):
            return each
    return None


def started(standings: Sequence[Standing], but: Standing) -> list[str]:
    """Return the slugs of the other katas that are begun and not solved."""
    begun = (each for each in standings if each.state is State.ATTEMPTED and each is not but)
    return [each.kata.slug for each in begun]
