"""Misconception: without a second loop of mine there is no second loop.

`in`, `index` and `count` walk through the list as well: quadratic, only in C.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    for j, value in enumerate(nums):
        if target - value in nums[:j]:
            return nums.index(target - value), j
    return None


def count_pairs(nums: list[int], target: int) -> int:
    return sum(nums[:j].count(target - value) for j, value in enumerate(nums))
