"""Misconception: a layer is what no remaining edge leads to.

That is so, but all remaining edges are read again for each layer, and there may be n layers.
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


def _cycle(edges: list[tuple[int, int]], waiting: list[int]) -> list[int]:
    before = {b: a for a, b in edges if waiting[a] and waiting[b]}
    here = next(iter(before))
    steps: dict[int, int] = {}
    while here not in steps:
        steps[here] = len(steps)
        here = before[here]
    return list(steps)[steps[here] :][::-1]


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
        raise CycleFound(_cycle(edges, waiting))
    return found


def layers(n: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    order(n, edges)
    left, result = set(range(n)), []
    rest = set(edges)
    while left:
        result.append(sorted(left - {b for _, b in rest}))
        left.difference_update(result[-1])
        rest = {(a, b) for a, b in rest if a in left}
    return result


def longest_chain(n: int, edges: list[tuple[int, int]]) -> int:
    return len(layers(n, edges))
