"""Topological order by Kahn: take the smallest vertex that waits for nothing."""

from heapq import heappop, heappush


class CycleFound(ValueError):
    """No order exists; `args[0]` lists the vertices of one cycle, each before the next."""


def _prepare(n: int, edges: list[tuple[int, int]]) -> tuple[list[list[int]], list[int]]:
    """Return for each vertex those after it, and the number of edges that lead into it."""
    if n < 0 or not all(0 <= a < n and 0 <= b < n for a, b in edges):
        raise ValueError("an edge ends nowhere")
    after: list[list[int]] = [[] for _ in range(n)]
    waiting = [0] * n
    for a, b in edges:
        after[a].append(b)
        waiting[b] += 1
    return after, waiting


def _cycle(edges: list[tuple[int, int]], waiting: list[int]) -> list[int]:
    """Return a cycle of vertices that wait: each of them has one that waits before it."""
    before = {b: a for a, b in edges if waiting[a] and waiting[b]}
    here = next(iter(before))
    steps: dict[int, int] = {}
    while here not in steps:
        steps[here] = len(steps)
        here = before[here]
    return list(steps)[steps[here] :][::-1]


def order(n: int, edges: list[tuple[int, int]]) -> list[int]:
    """Return the lexicographically smallest order that agrees with all edges."""
    after, waiting = _prepare(n, edges)
    free = [vertex for vertex in range(n) if not waiting[vertex]]
    found = []
    while free:
        here = heappop(free)
        found.append(here)
        for then in after[here]:
            waiting[then] -= 1
            if not waiting[then]:
                heappush(free, then)
    if len(found) < n:
        raise CycleFound(_cycle(edges, waiting))
    return found


def layers(n: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    """Return the vertices in layers, each in the earliest that lies after all before it."""
    level = [0] * n
    after, _ = _prepare(n, edges)
    for here in order(n, edges):
        for then in after[here]:
            level[then] = max(level[then], level[here] + 1)
    result: list[list[int]] = [[] for _ in range(max(level, default=-1) + 1)]
    for vertex in range(n):
        result[level[vertex]].append(vertex)
    return result


def longest_chain(n: int, edges: list[tuple[int, int]]) -> int:
    """Return the number of vertices on the longest way: it has one in each layer."""
    return len(layers(n, edges))
