"""Misconception: the start does not matter, for the total is always the same.

The order and the directions are not, and they were asked for.
"""

from heapq import heappop, heappush


class Disconnected(ValueError):
    pass


def grow_tree(
    n: int, edges: list[tuple[int, int, int]], start: int
) -> tuple[int, list[tuple[int, int]]]:
    if not 0 <= start < n:
        raise ValueError(f"start must be one of the {n} vertices, not {start}")
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, weight in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError(f"an edge between {a} and {b} does not lie in 0 .. {n - 1}")
        neighbours[a].append((weight, b))
        neighbours[b].append((weight, a))
    inside = [False] * n
    total, joined = 0, []
    leaving: list[tuple[int, int, int]] = []

    def enter(vertex: int) -> None:
        inside[vertex] = True
        for weight, other in neighbours[vertex]:
            if not inside[other]:
                heappush(leaving, (weight, other, vertex))

    enter(0)
    while leaving:
        weight, child, parent = heappop(leaving)
        if not inside[child]:
            total += weight
            joined.append((parent, child))
            enter(child)
    if len(joined) < n - 1:
        raise Disconnected(len(joined) + 1)
    return total, joined
