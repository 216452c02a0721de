"""Misconception: counting pairs means counting the different pairs of values.

A set forgets how often a value occurs; equal values at other positions are other pairs.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    first_position: dict[int, int] = {}
    for j, value in enumerate(nums):
        i = first_position.get(target - value)
        if i is not None:
            return i, j
        first_position.setdefault(value, j)
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: set[int] = set()
    pairs: set[tuple[int, int]] = set()
    for value in nums:
        if target - value in passed:
            pairs.add((min(value, target - value), max(value, target - value)))
        passed.add(value)
    return len(pairs)
