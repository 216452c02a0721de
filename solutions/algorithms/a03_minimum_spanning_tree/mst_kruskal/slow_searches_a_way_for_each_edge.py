"""Misconception: whether an edge closes a cycle is a question for a graph search.

Each search walks through one of the trees, and the trees grow.
"""

from collections.abc import Iterable, Iterator


def minimum_forest(n: int, edges: list[tuple[int, int, int]]) -> tuple[int, list[int]]:
    if n < 0:
        raise ValueError(f"n must not be negative, not {n}")
    for a, b, _ in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError(f"an edge between {a} and {b} does not lie in 0 .. {n - 1}")
    order = sorted(range(len(edges)), key=lambda at: edges[at][2])
    taken = [order[rank] for rank in forest_of_sorted(n, (edges[at] for at in order))]
    return sum(edges[at][2] for at in taken), taken


def forest_of_sorted(n: int, edges: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    neighbours: list[list[int]] = [[] for _ in range(n)]

    def connected(a: int, b: int) -> bool:
        reached, waiting = {a}, [a]
        while waiting and b not in reached:
            for vertex in neighbours[waiting.pop()]:
                if vertex not in reached:
                    reached.add(vertex)
                    waiting.append(vertex)
        return b in reached

    missing = n - 1
    if missing <= 0:
        return
    for position, (a, b, _) in enumerate(edges):
        if connected(a, b):
            continue
        neighbours[a].append(b)
        neighbours[b].append(a)
        yield position
        missing -= 1
        if not missing:
            return
