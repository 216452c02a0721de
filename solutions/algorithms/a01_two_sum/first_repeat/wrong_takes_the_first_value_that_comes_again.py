"""Misconception: the first value that has a double gives the first repeat.

In [1, 2, 2, 1] the 1 comes first, but the 2 is repeated earlier.
"""

from collections import Counter


def first_repeat(nums: list[int]) -> int | None:
    counts = Counter(nums)
    for position, value in enumerate(nums):
        if counts[value] > 1:
            return nums.index(value, position + 1)
    return None
