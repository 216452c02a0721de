"""Misconception: to count pairs, each of them has to be visited.

Equal values make billions of pairs; how many positions wait in the list is known without a walk.
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
    positions: dict[int, list[int]] = {}
    pairs = 0
    for j, value in enumerate(nums):
        for _ in positions.get(target - value, []):
            pairs += 1
        positions.setdefault(value, []).append(j)
    return pairs
