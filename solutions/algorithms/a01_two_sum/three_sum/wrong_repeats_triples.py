"""Misconception: different positions make different triples.

Triples are told apart by their values; equal values have to be passed over.
"""

from math import inf


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    ordered = sorted(nums)
    triples = []
    for at, low in enumerate(ordered):
        left, right = at + 1, len(ordered) - 1
        while left < right:
            total = low + ordered[left] + ordered[right]
            if total > target:
                right -= 1
            elif total < target:
                left += 1
            else:
                triples.append((low, ordered[left], ordered[right]))
                left += 1
    return triples


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
