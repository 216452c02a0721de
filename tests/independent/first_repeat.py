"""Independent solution of first_repeat: positions in order of value, equal ones are neighbours."""

from itertools import pairwise


def first_repeat(nums: list[int]) -> int | None:
    """Return the first position whose value has occurred before it; None if there is none.

    Positions are ordered by value. The order is stable: of neighbours with equal values the
    second one is the later position, a repeat, and the least of these is the first.
    """
    order = sorted(range(len(nums)), key=nums.__getitem__)
    return min((j for i, j in pairwise(order) if nums[i] == nums[j]), default=None)
