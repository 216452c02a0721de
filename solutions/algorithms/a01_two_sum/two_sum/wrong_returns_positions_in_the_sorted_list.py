"""Misconception: the two pointers over the sorted list are the positions asked for.

They are positions in the sorted copy; what stood where was lost by sorting.
"""


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    ordered = sorted(nums)
    left, right = 0, len(ordered) - 1
    while left < right:
        total = ordered[left] + ordered[right]
        if total == target:
            return left, right
        if total < target:
            left += 1
        else:
            right -= 1
    return None


def count_pairs(nums: list[int], target: int) -> int:
    passed: dict[int, int] = {}
    pairs = 0
    for value in nums:
        pairs += passed.get(target - value, 0)
        passed[value] = passed.get(value, 0) + 1
    return pairs
