"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys
from itertools import combinations, permutations

import valid_task_order

Edge = tuple[int, int, int]


def settled(n: int, edges: list[Edge], source: int) -> list[int]:
    """Return the order in which Dijkstra settles vertices; it must not hang on a tie."""
    distance = {source: 0}
    order: list[int] = []
    while len(order) < n:
        open_ones = sorted((distance[v], v) for v in distance if v not in order)
        assert len({far for far, _ in open_ones[:2]}) == len(open_ones[:2]), "a tie"
        far, here = open_ones[0]
        order.append(here)
        for a, b, weight in edges:
            if a == here:
                distance[b] = min(far + weight, distance.get(b, far + weight))
    return order


def smallest(n: int, edges: list[tuple[int, int]]) -> list[int]:
    """Return the first of all permutations in which every edge points forward."""
    found = (list(p) for p in permutations(range(n)) if valid_task_order.respects(n, edges, [*p]))
    return next(found)


def rounds(n: int, edges: list[Edge], source: int) -> int:
    """Return how many rounds of Bellman-Ford in place improve a distance."""
    distance = {source: 0}
    count = 0
    while True:
        before = dict(distance)
        for a, b, weight in edges:
            if a in distance and distance[a] + weight < distance.get(b, 10**9):
                distance[b] = distance[a] + weight
        if distance == before:
            return count
        count += 1
        assert count < n, "a negative cycle"


def flow(n: int, arcs: list[Edge], source: int, sink: int) -> int:
    """Return the capacity of the smallest cut, which is the value of the largest flow."""
    inner = [v for v in range(n) if v not in (source, sink)]
    sides = [{source, *some} for size in range(n - 1) for some in combinations(inner, size)]
    return min(sum(c for a, b, c in arcs if a in side and b not in side) for side in sides)


VALUES = {
    "dijkstra_settles": settled,
    "smallest_order": smallest,
    "rounds_that_improve": rounds,
    "largest_flow": flow,
}


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    return VALUES[item](*[ast.literal_eval(each) for each in call.args])


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
