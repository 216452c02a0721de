"""Shortest paths from one vertex, along directed edges of weight 0 and more.

Vertices are 0 .. n-1; an edge (a, b, weight) leads from a to b. Raised as ValueError by both
functions: a negative n, an end of an edge or an argument that is no vertex, and a negative weight,
wherever it is. `edges` is left as it was.
"""


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    """Return for each vertex the least total weight of a way from `source`.

    None means that there is no way.
    """
    raise NotImplementedError


def route(
    n: int, edges: list[tuple[int, int, int]], source: int, target: int
) -> tuple[int, list[int]] | None:
    """Return the total weight and the vertices of a shortest way from `source` to `target`.

    The vertices begin with source, end with target, and each is there once. If several ways are
    shortest, any of them will do; None means that there is no way.
    """
    raise NotImplementedError
