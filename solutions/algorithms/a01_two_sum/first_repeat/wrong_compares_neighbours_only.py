"""Misconception: equal values stand side by side.

They do in a sorted list; sorting would lose the positions.
"""


def first_repeat(nums: list[int]) -> int | None:
    for position in range(1, len(nums)):
        if nums[position] == nums[position - 1]:
            return position
    return None
