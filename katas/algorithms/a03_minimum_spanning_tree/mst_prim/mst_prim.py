"""Minimum spanning tree by Prim: grow one tree from a start until it has all vertices."""


class Disconnected(ValueError):
    """Raised when some vertex cannot be reached from the start."""


def grow_tree(
    n: int, edges: list[tuple[int, int, int]], start: int
) -> tuple[int, list[tuple[int, int]]]:
    """Return the total weight and the edges (parent, child), in the order in which they join.

    Vertices are 0 .. n-1; an edge is (a, b, weight) and leads both ways. The tree begins with
    `start` alone. Each step adds one of the lightest edges between a vertex of the tree, the
    parent, and one outside, the child.

    A start or an end of an edge that is no vertex raises ValueError; otherwise, a graph that is
    not connected raises Disconnected. `edges` is left as it was.
    """
    raise NotImplementedError
