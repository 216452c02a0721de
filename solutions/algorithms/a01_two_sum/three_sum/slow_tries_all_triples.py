"""Misconception: three nested loops do for 800 elements.

They run through 85 million triples; the third loop looks for a value that is known.
"""

from itertools import combinations


def unique_triples(nums: list[int], target: int) -> list[tuple[int, int, int]]:
    return sorted({each for each in combinations(sorted(nums), 3) if sum(each) == target})


def closest_sum(nums: list[int], target: int) -> int:
    if len(nums) < 3:
        raise ValueError("three elements are needed")
    sums = map(sum, combinations(nums, 3))
    return min(sums, key=lambda total: (abs(total - target), total))
