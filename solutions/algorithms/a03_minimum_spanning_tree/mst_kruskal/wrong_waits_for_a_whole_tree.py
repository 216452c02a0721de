"""Misconception: there are always n - 1 edges to be found.

Without a way between two parts the edges run out first.
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
    parent = list(range(n))
    size = [1] * n

    def root(vertex: int) -> int:
        while parent[vertex] != vertex:
            parent[vertex] = vertex = parent[parent[vertex]]
        return vertex

    position, edges = -1, iter(edges)
    missing = n - 1
    if missing <= 0:
        return
    while True:
        position += 1
        a, b, _ = next(edges)
        large, small = root(a), root(b)
        if large == small:
            continue
        if size[large] < size[small]:
            large, small = small, large
        parent[small] = large
        size[large] += size[small]
        yield position
        missing -= 1
        if not missing:
            return
