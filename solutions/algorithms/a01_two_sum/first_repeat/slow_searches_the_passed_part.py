"""Misconception: `in` is one step, whatever stands on its right.

On a list it is a loop: five billion comparisons for a hundred thousand different values.
"""


def first_repeat(nums: list[int]) -> int | None:
    passed: list[int] = []
    for position, value in enumerate(nums):
        if value in passed:
            return position
        passed.append(value)
    return None
