"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import mst_kruskal

Edge = tuple[int, int, int]


def joins(n: int, edges: list[Edge], start: int) -> list[int]:
    """Return the order in which Prim adds vertices; it must not hang on a tie."""
    order = [start]
    while len(order) < n:
        leaving = sorted(
            (weight, b if a in order else a)
            for a, b, weight in edges
            if (a in order) != (b in order)
        )
        assert len({weight for weight, _ in leaving}) == len(leaving), "a tie"
        order.append(leaving[0][1])
    return order


def bottleneck(n: int, edges: list[Edge], start: int, end: int) -> int:
    """Return the least weight up to which the edges join start and end."""
    for limit in sorted(weight for _, _, weight in edges):
        reached = {start}
        for _ in range(n):
            for a, b, weight in edges:
                if weight <= limit and {a, b} & reached:
                    reached |= {a, b}
        if end in reached:
            return limit
    raise AssertionError("no way")


def cheaper(tree: list[Edge], edge: Edge) -> int:
    """Return what the minimum spanning tree weighs with one more edge to choose from."""
    total, taken = mst_kruskal.minimum_forest(len(tree) + 1, [*tree, edge])
    assert len(taken) == len(tree), "no tree"
    return total


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    arguments = [ast.literal_eval(each) for each in call.args]
    match item:
        case "kruskal_takes":
            return mst_kruskal.minimum_forest(*arguments)[1]
        case "prim_joins":
            return joins(*arguments)
        case "heaviest_on_the_way":
            return bottleneck(*arguments)
        case "one_edge_cheaper":
            return cheaper(*arguments)
    raise KeyError(item)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
