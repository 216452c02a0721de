"""Misconception: the position asked for is the one where the value stood first.

The repeat is noticed at the later of the two.
"""


def first_repeat(nums: list[int]) -> int | None:
    passed: set[int] = set()
    for value in nums:
        if value in passed:
            return nums.index(value)
        passed.add(value)
    return None
