"""Misconception: the order of finding is good enough.

With the largest value fixed, each triple ascends, but the list of them does not.
"""

from math import inf


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    ordered = sorted(nums)
    triples = []
    for at in range(len(ordered) - 1, 1, -1):
        high = ordered[at]
        left, right = 0, at - 1
        while left < right:
            total = ordered[left] + ordered[right] + high
            if total > target:
                right -= 1
            elif total < target:
                left += 1
            else:
                triples.append((ordered[left], ordered[right], high))
                left += 1
    return list(dict.fromkeys(triples))


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
