"""Misconception: a position that was found is true in a condition.

Position 0 is false, so a partner at the head of the list is overlooked.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    first_position: dict[int, int] = {}
    for j, value in enumerate(nums):
        if first_position.get(target - value):
            return first_position[target - value], j
        first_position.setdefault(value, j)
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
