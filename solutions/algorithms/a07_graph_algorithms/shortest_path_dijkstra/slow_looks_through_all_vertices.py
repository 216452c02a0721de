"""Misconception: the nearest vertex has to be looked for.

All vertices are read again for each one that becomes final; a heap has it on top.
"""


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
    known: list[int | None] = [None] * n
    known[source] = 0
    before = [source] * n
    left = set(range(n))
    while True:
        here, least = -1, None
        for vertex in left:
            far = known[vertex]
            if far is not None and (least is None or far < least):
                here, least = vertex, far
        if least is None:
            return known, before
        left.remove(here)
        for other, weight in out[here]:
            far = known[other]
            if far is None or least + weight < far:
                known[other] = least + weight
                before[other] = here


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
