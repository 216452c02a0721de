"""Misconception: the lightest edge that leaves the tree is found by looking.

All edges are looked at for each vertex, also those that have long been inside.
"""


class Disconnected(ValueError):
    pass


def grow_tree(
    n: int, edges: list[tuple[int, int, int]], start: int
) -> tuple[int, list[tuple[int, int]]]:
    if not 0 <= start < n:
        raise ValueError(f"start must be one of the {n} vertices, not {start}")
    for a, b, _ in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError(f"an edge between {a} and {b} does not lie in 0 .. {n - 1}")
    inside = [False] * n
    total, joined = 0, []
    inside[start] = True
    while True:
        leaving = [edge for edge in edges if inside[edge[0]] != inside[edge[1]]]
        if not leaving:
            break
        a, b, weight = min(leaving, key=lambda edge: edge[2])
        parent, child = (a, b) if inside[a] else (b, a)
        total += weight
        joined.append((parent, child))
        inside[child] = True
    if len(joined) < n - 1:
        raise Disconnected(len(joined) + 1)
    return total, joined
