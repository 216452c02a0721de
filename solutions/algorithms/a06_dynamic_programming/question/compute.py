"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys
from bisect import bisect_left

import climbing_stairs
import house_takings
import knapsack_dp


def tails(seq: list[int]) -> list[int]:
    """Return the least ends of strictly increasing subsequences of each length."""
    ends: list[int] = []
    for each in seq:
        at = bisect_left(ends, each)
        ends[at : at + 1] = [each]
    return ends


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    arguments = [ast.literal_eval(each) for each in call.args]
    match item:
        case "takings":
            return house_takings.best_takings(*arguments)
        case "ways_up":
            return climbing_stairs.count_ways(*arguments)
        case "load":
            return knapsack_dp.best_01(*arguments)[0]
        case "tails_at_the_end":
            return tails(*arguments)
    raise KeyError(item)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
