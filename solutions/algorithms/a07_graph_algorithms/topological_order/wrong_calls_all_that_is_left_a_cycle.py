"""Misconception: the vertices that are left are the cycle.

What only comes after a cycle waits too.
"""

from heapq import heappop, heappush


class CycleFound(ValueError):
    pass


def _prepare(n: int, edges: list[tuple[int, int]]) -> tuple[list[list[int]], list[int]]:
    if n < 0 or not all(0 <= a < n and 0 <= b < n for a, b in edges):
        raise ValueError("an edge ends nowhere")
    after: list[list[int]] = [[] for _ in range(n)]
    waiting = [0] * n
    for a, b in edges:
        after[a].append(b)
        waiting[b] += 1
    return after, waiting


def order(n: int, edges: list[tuple[int, int]]) -> list[int]:
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
        raise CycleFound([vertex for vertex in range(n) if waiting[vertex]])
    return found


def layers(n: int, edges: list[tuple[int, int]]) -> list[list[int]]:
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
    return len(layers(n, edges))
