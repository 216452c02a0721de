"""Independent solution of mst_kruskal: Boruvka's rounds on ranked edges, small parts relabelled.

By weight and then position no two edges are equal, so there is only one minimum forest, and
every right method finds Kruskal's.
"""

from collections.abc import Iterable, Iterator


def minimum_forest(n: int, edges: list[tuple[int, int, int]]) -> tuple[int, list[int]]:
    """Return the total weight and the positions in `edges` of the edges of the minimum forest.

    In each round every part takes its least edge to another part. The positions stand in the
    order of weight, then of position. A negative n, or an end of an edge that is no vertex,
    raises ValueError. `edges` is left as it was.
    """
    if n < 0:
        raise ValueError(f"the number of vertices is negative: {n}")
    for a, b, _ in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError(f"an end of edge ({a}, {b}) is no vertex")
    order = sorted(range(len(edges)), key=lambda position: edges[position][2])
    # An edge between two parts: its rank and the numbers of the parts.
    between = [(rank, *edges[position][:2]) for rank, position in enumerate(order)]
    between = [edge for edge in between if edge[1] != edge[2]]
    taken = [False] * len(edges)
    parts = n
    while between:
        least: list[int] = [-1] * parts
        towards = list(range(parts))
        for rank, a, b in between:
            if least[a] < 0:
                least[a], towards[a] = rank, b
            if least[b] < 0:
                least[b], towards[b] = rank, a
        for rank in least:
            if rank >= 0:
                taken[rank] = True
        parts, number = _join(towards)
        between = [(rank, number[a], number[b]) for rank, a, b in between]
        between = [edge for edge in between if edge[1] != edge[2]]
    chosen = [position for position, is_taken in zip(order, taken, strict=True) if is_taken]
    return sum(edges[position][2] for position in chosen), chosen


def _join(towards: list[int]) -> tuple[int, list[int]]:
    """Return how many parts there are now, and for each old part the number of its new one.

    Following `towards` ends at two parts that point at each other or at one that points at itself.
    """
    parts = len(towards)
    root = [part if towards[goal] == part < goal else goal for part, goal in enumerate(towards)]
    while True:
        further = [root[goal] for goal in root]
        if further == root:
            break
        root = further
    number = [-1] * parts
    count = 0
    for part in range(parts):
        if root[part] == part:
            number[part] = count
            count += 1
    return count, [number[goal] for goal in root]


def forest_of_sorted(n: int, edges: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """Yield the positions, counted from 0, of the edges of the minimum forest.

    `edges` come lightest first and can be read only once. Each position is yielded as soon as its
    edge has been read, and no edge is read beyond the last one that is needed. The smaller of two
    parts gets the label of the larger one: no vertex changes its label more than log2 n times.
    """
    missing = n - 1
    if missing < 1:
        return
    label = list(range(n))
    members = [[vertex] for vertex in range(n)]
    for position, (a, b, _) in enumerate(edges):
        small, large = label[a], label[b]
        if small == large:
            continue
        if len(members[small]) > len(members[large]):
            small, large = large, small
        for vertex in members[small]:
            label[vertex] = large
        members[large] += members[small]
        members[small] = []
        missing -= 1
        yield position
        if not missing:
            return
