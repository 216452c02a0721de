"""Spanning tree check: do these edges connect all vertices, with none to spare?"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    """Return whether the edges form a tree that contains all of the vertices 0 .. n-1.

    `n` is at least 1; an edge (a, b) joins a and b both ways. `edges` is left as it was.
    """
    raise NotImplementedError
