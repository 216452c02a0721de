"""Misconception: Prim is Dijkstra, so the key is the distance from the start.

The key is the weight of the one edge by which a vertex would join.
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

    def enter(vertex: int, distance: int) -> None:
        inside[vertex] = True
        for weight, other in neighbours[vertex]:
            if not inside[other]:
                heappush(leaving, (distance + weight, other, vertex))

    cheapest: dict[tuple[int, int], int] = {}
    for a, b, weight in edges:
        for ends in ((a, b), (b, a)):
            cheapest[ends] = min(weight, cheapest.get(ends, weight))
    enter(start, 0)
    while leaving:
        weight, child, parent = heappop(leaving)
        if not inside[child]:
            total += cheapest[parent, child]
            joined.append((parent, child))
            enter(child, weight)
    if len(joined) < n - 1:
        raise Disconnected(len(joined) + 1)
    return total, joined
