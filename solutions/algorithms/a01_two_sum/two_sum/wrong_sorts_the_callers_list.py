"""Misconception: an argument is mine to rearrange.

The count is right, and the caller finds their list in another order.
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
    nums.sort()
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
