"""Breadth-first search: how far everything is, a shortest way, the nearest of several exits.

adj[v] lists the vertices to which an edge leads from v; the vertices are 0 .. len(adj)-1. In both
functions that take `adj`, an argument or a neighbour that is no vertex raises ValueError, wherever
it stands. Arguments are left as they were.
"""


def hops(adj: list[list[int]], start: int) -> list[int]:
    """Return for each vertex the fewest edges of a way from `start`, -1 if there is no way."""
    raise NotImplementedError


def fewest_steps(adj: list[list[int]], s: int, t: int) -> list[int] | None:
    """Return the vertices of a way from s to t with the fewest edges, both included; None if none.

    Any such way is right. From a vertex to itself it is the vertex alone.
    """
    raise NotImplementedError


def nearest_exit(grid: list[str]) -> list[list[int]]:
    """Return for each cell the fewest steps to an exit, -1 for walls and where there is no way.

    '#' is a wall, 'E' an exit, '.' a free cell; a step leads up, down, left or right, within the
    grid. Rows of different lengths raise ValueError.
    """
    raise NotImplementedError
