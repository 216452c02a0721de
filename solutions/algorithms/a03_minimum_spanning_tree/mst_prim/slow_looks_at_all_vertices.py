"""Misconception: the array version is simple, and its square is a square of vertices only.

That pays when nearly every two vertices are joined, not with three edges for each vertex.
"""


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
    best: dict[int, tuple[int, int]] = {}

    def enter(vertex: int) -> None:
        inside[vertex] = True
        for weight, other in neighbours[vertex]:
            if not inside[other]:
                best[other] = min((weight, vertex), best.get(other, (weight, vertex)))

    enter(start)
    while True:
        child = -1
        for vertex in range(n):
            if not inside[vertex] and vertex in best:
                if child < 0 or best[vertex] < best[child]:
                    child = vertex
        if child < 0:
            break
        weight, parent = best[child]
        total += weight
        joined.append((parent, child))
        enter(child)
    if len(joined) < n - 1:
        raise Disconnected(len(joined) + 1)
    return total, joined
