"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import kmp_search
import overlapping_hits


def horspool_shift(pattern: str, window: str) -> int:
    """Return how far Horspool moves the pattern behind a window that differs from it."""
    assert len(pattern) == len(window) and pattern != window, "no failed window"
    return next(
        (back for back in range(1, len(pattern)) if pattern[-1 - back] == window[-1]), len(pattern)
    )


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    arguments = [ast.literal_eval(each) for each in call.args]
    match item:
        case "borders":
            return kmp_search.prefix_function(*arguments)
        case "period":
            return kmp_search.shortest_period(*arguments)
        case "next_window":
            return horspool_shift(*arguments)
        case "overlapping":
            return overlapping_hits.hits(*arguments)
    raise KeyError(item)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
