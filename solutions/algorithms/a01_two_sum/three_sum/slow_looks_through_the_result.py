"""Misconception: a list of results tells quickly whether it holds a triple.

`not in` on a list is a loop; with thousands of triples it costs more than finding them.
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
                triple = (low, ordered[left], ordered[right])
                if triple not in triples:
                    triples.append(triple)
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
