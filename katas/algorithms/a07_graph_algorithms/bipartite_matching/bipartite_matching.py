"""Bipartite graphs: a largest matching, a smallest cover, and why somebody is left over.

The left vertices are 0 .. left-1, the right ones 0 .. right-1; an edge (a, b) joins left a and
right b. A negative number of vertices, or an end of an edge that is no vertex, raises ValueError.
`edges` is left as it was.
"""


def max_matching(left: int, right: int, edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many edges (a, b) as possible, no two of which share a vertex, in any order."""
    raise NotImplementedError


def min_vertex_cover(
    left: int, right: int, edges: list[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    """Return as few vertices as possible such that every edge ends at one of them.

    The left ones and the right ones, each ascending.
    """
    raise NotImplementedError


def hall_violator(left: int, right: int, edges: list[tuple[int, int]]) -> list[int] | None:
    """Return left vertices, ascending, that have fewer neighbours together than they are.

    None means that there are none, so that all left vertices can be matched.
    """
    raise NotImplementedError
