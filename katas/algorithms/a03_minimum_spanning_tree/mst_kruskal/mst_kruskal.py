"""Minimum spanning forest: connect what can be connected, at the least total weight."""

from collections.abc import Iterable, Iterator


def minimum_forest(n: int, edges: list[tuple[int, int, int]]) -> tuple[int, list[int]]:
    """Return the total weight and the positions in `edges` of the edges of the minimum forest.

    Vertices are 0 .. n-1; an edge is (a, b, weight). Edges are taken in the order of weight,
    then of position, whenever they join two parts; the positions stand in that order. A negative
    n, or an end of an edge that is no vertex, raises ValueError. `edges` is left as it was.
    """
    raise NotImplementedError


def forest_of_sorted(n: int, edges: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """Yield the positions, counted from 0, of the edges of the minimum forest.

    `edges` come lightest first and can be read only once. Each position is yielded as soon as its
    edge has been read, and no edge is read beyond the last one that is needed.
    """
    raise NotImplementedError
