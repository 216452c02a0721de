"""Depth-first search: when each vertex is found and left, the kinds of arcs, a cycle.

`adj[v]` lists the ends of the arcs that leave vertex v, each a vertex from 0 to len(adj) - 1. The
search begins at vertex 0, then at the smallest vertex not found yet, and so on. It looks at the
arcs of a vertex in the order of the list, and follows one at once if its end has not been found.
`adj` is left as it was. Stage 4: a path may be 100,000 vertices long.
"""


def dfs_times(adj: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return two lists: when each vertex is found, and when it is left.

    One clock for all: it shows 0 at first, and goes on by 1 after each finding and each leaving.
    """
    raise NotImplementedError


def edge_kinds(adj: list[list[int]]) -> list[tuple[int, int, str]]:
    """Return (from, to, kind) for every arc, in the order in which the search looks at them.

    "tree": the end is found by this arc. "back": it has been found, but not left. "forward" and
    "cross": it has been left, and was found after the beginning of the arc, or before it.
    """
    raise NotImplementedError


def find_cycle(adj: list[list[int]]) -> list[int] | None:
    """Return the vertices of any one cycle along the arcs, each once; None if there is no cycle.

    An arc leads from each to the next, and from the last to the first.
    """
    raise NotImplementedError
