"""Misconception: the third value may be any that the list holds.

It may be one of the two that are taken already; then the list has to hold it twice.
"""

from math import inf


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    ordered = sorted(nums)
    held = set(ordered)
    found = set()
    for at, low in enumerate(ordered):
        for middle in ordered[at + 1 :]:
            high = target - low - middle
            if high >= middle and high in held:
                found.add((low, middle, high))
    return sorted(found)


def closest_sum(nums: list[int], target: int) -> int:
    if len(nums) < 3:
        raise ValueError("three elements are needed")
    ordered = sorted(nums)
    below, above = -inf, inf
    for at, low in enumerate(ordered):
        left, right = at + 1, len(ordered) - 1
        while left < right:
            total = low + ordered[left] + ordered[right]
            if total > target:
                above = min(above, total)
                right -= 1
            else:
                below = max(below, total)
                left += 1
    return below if target - below <= above - target else above
