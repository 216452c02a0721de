"""Independent solution of shortest_path_negative: a queue with Tarjan's subtree disassembly.

Vertices are 0 .. n-1; an edge (a, b, weight) leads from a to b. A negative n, an end of an edge
that is no vertex, and a source that is none raise ValueError. A cycle is told as the list of its
vertices, each once: an edge leads from each to the next, and from the last to the first. No
argument is changed.

The tree of the best ways is kept. When a vertex is improved, everything below it in the tree is
out of date and is taken off; if the edge that improves it comes from there, it closes a negative
cycle.
"""

from collections import deque


class NegativeCycle(ValueError):
    """There is no shortest way. `args[0]` is a cycle of negative weight."""


def _check(n: int, edges: list[tuple[int, int, int]]) -> None:
    if n < 0:
        raise ValueError(f"the number of vertices is negative: {n}")
    for a, b, _ in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError(f"an end of edge ({a}, {b}) is no vertex")


def _below(children: list[set[int]], top: int) -> list[int]:
    """Return the vertices of the subtree of `top`, itself first."""
    found = [top]
    for vertex in found:
        found.extend(children[vertex])
    return found


def _grow(
    n: int, edges: list[tuple[int, int, int]], roots: list[int]
) -> tuple[list[int | None], list[int] | None]:
    """Return the distances from the nearest root, and a negative cycle if there is one."""
    outgoing: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, weight in edges:
        outgoing[a].append((b, weight))
    dist: list[int | None] = [None] * n
    parent = [-1] * n
    children: list[set[int]] = [set() for _ in range(n)]
    fresh = [False] * n  # in the tree, and not yet left by its edges
    queued = [False] * n
    for root in roots:
        dist[root] = 0
        fresh[root] = queued[root] = True
    waiting = deque(roots)
    while waiting:
        a = waiting.popleft()
        queued[a] = False
        here = dist[a]
        if not fresh[a] or here is None:
            continue
        fresh[a] = False
        for b, weight in outgoing[a]:
            there = dist[b]
            if there is not None and there <= here + weight:
                continue
            subtree = _below(children, b)
            if a in subtree:
                cycle = [a]
                while cycle[-1] != b:
                    cycle.append(parent[cycle[-1]])
                return dist, cycle[::-1]
            for vertex in subtree:
                if parent[vertex] >= 0:
                    children[parent[vertex]].discard(vertex)
                    parent[vertex] = -1
                fresh[vertex] = False
            dist[b] = here + weight
            parent[b] = a
            children[a].add(b)
            fresh[b] = True
            if not queued[b]:
                queued[b] = True
                waiting.append(b)
    return dist, None


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    """Return for each vertex the least total weight of a way from `source`; None: no way.

    Raises NegativeCycle if a cycle of negative weight can be reached from `source`.
    """
    _check(n, edges)
    if not 0 <= source < n:
        raise ValueError(f"the source {source} is no vertex")
    dist, cycle = _grow(n, edges, [source])
    if cycle is not None:
        raise NegativeCycle(cycle)
    return dist


def find_negative_cycle(n: int, edges: list[tuple[int, int, int]]) -> list[int] | None:
    """Return a cycle of negative weight, wherever it is, or None if there is none."""
    _check(n, edges)
    return _grow(n, edges, list(range(n)))[1]


def arbitrage(rates: list[list[tuple[int, int]]]) -> list[int] | None:
    """Return a cycle of currencies whose rates multiply to more than 1, or None.

    For each start the best products of 1, 2, … exchanges are kept as exact fractions. The first
    product above 1 that ends where it started has the least length: no currency occurs twice in
    it, for otherwise one of the two rounds it consists of would have been found before.
    """
    n = len(rates)
    for row in rates:
        if len(row) != n:
            raise ValueError("the rates are not square")
        if any(p < 1 or q < 1 for p, q in row):
            raise ValueError("a number of a rate is below 1")
    best: list[dict[int, tuple[int, int]]] = [{start: (1, 1)} for start in range(n)]
    origins: list[list[dict[int, int]]] = [[] for _ in range(n)]
    for _ in range(n):
        for start in range(n):
            best[start], origin = _exchange(rates, best[start])
            origins[start].append(origin)
            p, q = best[start][start]
            if p > q:
                cycle = [start]
                for step in reversed(origins[start][1:]):
                    cycle.append(step[cycle[-1]])
                return cycle[::-1]
    return None


def _exchange(
    rates: list[list[tuple[int, int]]], have: dict[int, tuple[int, int]]
) -> tuple[dict[int, tuple[int, int]], dict[int, int]]:
    """Return the best amounts after one more exchange, and which currency each came from."""
    best: dict[int, tuple[int, int]] = {}
    origin: dict[int, int] = {}
    for a, (p, q) in have.items():
        for b, (gain, price) in enumerate(rates[a]):
            x, y = p * gain, q * price
            if b not in best or x * best[b][1] > best[b][0] * y:
                best[b], origin[b] = (x, y), a
    return best, origin
