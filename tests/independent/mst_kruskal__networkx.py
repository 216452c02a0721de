"""mst_kruskal by networkx: its union-find; the order of edges is sorted's."""

from collections.abc import Iterable, Iterator

from networkx.utils import UnionFind

PACKAGES = ("networkx",)


def minimum_forest(n: int, edges: list[tuple[int, int, int]]) -> tuple[int, list[int]]:
    """Take edges by weight, then position, whenever they join two parts."""
    if n < 0 or any(not 0 <= end < n for a, b, _ in edges for end in (a, b)):
        raise ValueError("no such vertex")
    by_weight = sorted(range(len(edges)), key=lambda position: edges[position][2])
    taken = [by_weight[rank] for rank in forest_of_sorted(n, [edges[at] for at in by_weight])]
    return sum(edges[position][2] for position in taken), taken


def forest_of_sorted(n: int, edges: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """Yield the positions of the edges that join two parts."""
    parts, lacking = UnionFind(range(n)), n - 1
    if lacking < 1:
        return
    for position, (a, b, _) in enumerate(edges):
        if parts[a] != parts[b]:
            parts.union(a, b)
            yield position
            lacking -= 1
            if not lacking:
                return
