"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import bubble_sort
import heap_sort
import merge_sort


def merge_calls(a: list[int], b: list[int]) -> int:
    """Count the comparisons of a merge."""
    asked: list[tuple[int, int]] = []

    def less(x: int, y: int) -> bool:
        asked.append((x, y))
        return x < y

    merge_sort.merge(a, b, less)
    return len(asked)


def value(variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name), variant
    arguments = [ast.literal_eval(each) for each in call.args]
    match call.func.id:
        case "passes":
            return bubble_sort.bubble_sort(*arguments)[2]
        case "swaps":
            return bubble_sort.bubble_sort(*arguments)[1]
        case "merge":
            return merge_calls(*arguments)
        case "sift_down":
            return heap_sort.sift_down(*arguments)
        case "by_tens":
            return merge_sort.merge_sort(*arguments, lambda x, y: x // 10 < y // 10)
        case name:
            raise KeyError(name)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(each) for each in asked[item]] for item in asked}))
