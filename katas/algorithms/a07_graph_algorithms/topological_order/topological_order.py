"""Topological order: the smallest one, the layers that can be done at once, the longest chain.

Vertices are 0 .. n-1; an edge (a, b) says that a comes before b. In all three functions a negative
n, or an end of an edge that is no vertex, raises ValueError, and a cycle raises CycleFound. `edges`
is left as it was.
"""


class CycleFound(ValueError):
    """No order exists. `args[0]` is a list of the vertices of one cycle, each once.

    There is an edge from each to the next, and from the last to the first.
    """


def order(n: int, edges: list[tuple[int, int]]) -> list[int]:
    """Return the lexicographically smallest order of all vertices that agrees with all edges."""
    raise NotImplementedError


def layers(n: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    """Return the vertices in layers: each in the earliest one that lies after all before it.

    Each layer is in ascending order, and none is empty.
    """
    raise NotImplementedError


def longest_chain(n: int, edges: list[tuple[int, int]]) -> int:
    """Return the number of vertices on the longest way along edges; 0 if n is 0."""
    raise NotImplementedError
