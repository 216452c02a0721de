"""Misconception: an edge closes a cycle if both of its ends have been seen.

They may have been seen in two different trees, which this edge would join.
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
    seen: set[int] = set()
    missing = n - 1
    if missing <= 0:
        return
    for position, (a, b, _) in enumerate(edges):
        if a == b or (a in seen and b in seen):
            continue
        seen |= {a, b}
        yield position
        missing -= 1
        if not missing:
            return
