"""Misconception: it does not matter whether one notes a value first or asks for it first.

What is noted first meets itself: every list repeats at once.
"""


def first_repeat(nums: list[int]) -> int | None:
    passed: set[int] = set()
    for position, value in enumerate(nums):
        passed.add(value)
        if value in passed:
            return position
    return None
