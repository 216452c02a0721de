"""Misconception: a pair is a pair, in either order.

The contract says i < j; the element in hand is the later one and belongs second.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    first_position: dict[int, int] = {}
    for j, value in enumerate(nums):
        if target - value in first_position:
            return j, first_position[target - value]
        first_position.setdefault(value, j)
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
