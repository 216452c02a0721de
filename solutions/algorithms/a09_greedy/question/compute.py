"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import activity_selection
import greedy_knapsack


def select(intervals: list[tuple[int, int]]) -> list[int]:
    """Return what greed by end takes; the ends must not tie."""
    assert len({end for _, end in intervals}) == len(intervals), "a tie"
    return activity_selection.select(intervals)


def load(capacity: int, items: list[tuple[int, int]]) -> int:
    """Return the greatest value of items that may be cut; it must be whole."""
    (num, den), _ = greedy_knapsack.fractional(capacity, items)
    assert den == 1, "no whole value"
    return num


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    arguments = [ast.literal_eval(each) for each in call.args]
    match item:
        case "one_room":
            return select(*arguments)
        case "rooms":
            return activity_selection.min_rooms(*arguments)
        case "by_weight":
            return activity_selection.best_weight(*arguments)
        case "cut_items":
            return load(*arguments)
    raise KeyError(item)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
