"""Misconception: the order of noting down and asking makes no difference.

Each element is noted before it is asked about, so half of an even target completes itself.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    first_position: dict[int, int] = {}
    for j, value in enumerate(nums):
        first_position.setdefault(value, j)
        i = first_position.get(target - value)
        if i is not None:
            return i, j
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        passed[value] = passed.get(value, 0) + 1
        pairs += passed.get(target - value, 0)
    return pairs
