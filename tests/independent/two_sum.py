"""Independent solution of two_sum: group positions by value, then two pointers over the values.

Written to the statement, in another way than the reference (no one-pass dict): it shows that the
suite asks for the contract, not for one algorithm.
"""

from collections import defaultdict
from collections.abc import Iterator


def _matching_groups(nums: list[int], target: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the ascending positions of v and of target - v, once for each v <= target - v."""
    positions: defaultdict[int, list[int]] = defaultdict(list)
    for position, value in enumerate(nums):
        positions[value].append(position)
    values = sorted(positions)
    low, high = 0, len(values) - 1
    while low <= high:
        total = values[low] + values[high]
        if total == target:
            yield positions[values[low]], positions[values[high]]
        if total <= target:
            low += 1
        if total >= target:
            high -= 1


def find_pair(nums: list[int], target: int) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None  # (j, i), so that the smaller tuple is the better pair
    for left, right in _matching_groups(nums, target):
        if left is not right:
            candidate = max(left[0], right[0]), min(left[0], right[0])
        elif len(left) > 1:
            candidate = left[1], left[0]
        else:
            continue
        best = candidate if best is None else min(best, candidate)
    return None if best is None else (best[1], best[0])


def count_pairs(nums: list[int], target: int) -> int:
    return sum(
        len(left) * (len(left) - 1) // 2 if left is right else len(left) * len(right)
        for left, right in _matching_groups(nums, target)
    )
