"""Misconception: filling the whole dict first and asking afterwards is the same.

It finds the pair with the smallest i, and the dict has forgotten earlier equal values.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    position = {value: at for at, value in enumerate(nums)}
    for i, value in enumerate(nums):
        j = position.get(target - value)
        if j is not None and j != i:
            return i, j
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
