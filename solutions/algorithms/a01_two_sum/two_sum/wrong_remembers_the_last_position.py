"""Misconception: one position per value will do, whichever it is.

Plain assignment keeps the latest position of a value, so the smallest i is lost.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    position: dict[int, int] = {}
    for j, value in enumerate(nums):
        i = position.get(target - value)
        if i is not None:
            return i, j
        position[value] = j
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
