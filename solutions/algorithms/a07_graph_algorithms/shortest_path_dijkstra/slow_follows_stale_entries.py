"""Misconception: an entry that was overtaken does no harm.

The result stays right, but all edges out of the vertex are read again for each of its old entries.
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
    final: list[int | None] = [None] * n
    before = [source] * n
    final[source] = 0
    heap = [(0, source)]
    while heap:
        far, here = heappop(heap)
        for other, weight in out[here]:
            if final[other] is None or far + weight < final[other]:
                final[other] = far + weight
                before[other] = here
                heappush(heap, (far + weight, other))
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
