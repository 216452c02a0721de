"""Misconception: a road can be used both ways.

Here an edge leads from its first end to its second one.
"""

from heapq import heappop, heappush


def _check(n: int, edges: list[tuple[int, int, int]], vertices: list[int]) -> None:
    ends = [end for a, b, _ in edges for end in (a, b)]
    if not all(0 <= vertex < n for vertex in [*vertices, *ends]):
        raise ValueError("no such vertex")
    if any(weight < 0 for _, _, weight in edges):
        raise ValueError("a negative weight")


def _search(
    n: int, edges: list[tuple[int, int, int]], source: int
) -> tuple[list[int | None], list[int]]:
    out: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, weight in edges:
        out[a].append((b, weight))
        out[b].append((a, weight))
    final: list[int | None] = [None] * n
    before = [source] * n
    heap = [(0, source, source)]
    while heap:
        far, here, origin = heappop(heap)
        if final[here] is not None:
            continue
        final[here] = far
        before[here] = origin
        for other, weight in out[here]:
            if final[other] is None:
                heappush(heap, (far + weight, other, here))
    return final, before


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    _check(n, edges, [source])
    return _search(n, edges, source)[0]


def route(
    n: int, edges: list[tuple[int, int, int]], source: int, target: int
) -> tuple[int, list[int]] | None:
    _check(n, edges, [source, target])
    final, before = _search(n, edges, source)
    total = final[target]
    if total is None:
        return None
    way = [target]
    while way[-1] != source:
        way.append(before[way[-1]])
    return total, way[::-1]
