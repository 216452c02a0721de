"""Misconception: a set made beside the function is empty when the function is called.

It is made once, when the module is loaded; the second call meets the values of the first.
"""

passed: set[int] = set()


def first_repeat(nums: list[int]) -> int | None:
    for position, value in enumerate(nums):
        if value in passed:
            return position
        passed.add(value)
    return None
