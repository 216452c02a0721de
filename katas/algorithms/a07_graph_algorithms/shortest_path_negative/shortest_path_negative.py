"""Shortest paths where weights may be negative, and the cycles that make them impossible.

Vertices are 0 .. n-1; an edge (a, b, weight) leads from a to b. A negative n, an end of an edge
that is no vertex, and a source that is none raise ValueError. A cycle is told as the list of its
vertices, each once: an edge leads from each to the next, and from the last to the first. No
argument is changed.
"""


class NegativeCycle(ValueError):
    """There is no shortest way. `args[0]` is a cycle of negative weight."""


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    """Return for each vertex the least total weight of a way from `source`; None: no way.

    Raises NegativeCycle if a cycle of negative weight can be reached from `source`.
    """
    raise NotImplementedError


def find_negative_cycle(n: int, edges: list[tuple[int, int, int]]) -> list[int] | None:
    """Return a cycle of negative weight, wherever it is, or None if there is none."""
    raise NotImplementedError


def arbitrage(rates: list[list[tuple[int, int]]]) -> list[int] | None:
    """Return a cycle of currencies whose rates multiply to more than 1, or None.

    rates[a][b] is (p, q): for q units of a one gets p units of b. Rates that are no square, and a
    p or q below 1, raise ValueError. The diagonal is (1, 1).
    """
    raise NotImplementedError
