"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import two_sum


def moves(nums: list[int], target: int) -> int:
    """Count the moves of two pointers until they stand on a pair; it must be there."""
    low, high, count = 0, len(nums) - 1, 0
    while nums[low] + nums[high] != target:
        if nums[low] + nums[high] < target:
            low += 1
        else:
            high -= 1
        count += 1
    assert low < high, "no pair"
    return count


def filled_first(nums: list[int], target: int) -> tuple[int, int] | None:
    """Do what the code shown in map_filled_first does."""
    position = {value: i for i, value in enumerate(nums)}
    for i, value in enumerate(nums):
        j = position.get(target - value)
        if j is not None:
            return min(i, j), max(i, j)
    return None


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    nums, target = map(ast.literal_eval, call.args)
    match item:
        case "first_pair":
            found = two_sum.find_pair(nums, target)
        case "map_filled_first":
            found = filled_first(nums, target)
        case "how_many_pairs":
            return two_sum.count_pairs(nums, target)
        case "pointer_moves":
            return moves(nums, target)
        case _:
            raise KeyError(item)
    return "none" if found is None else list(found)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
