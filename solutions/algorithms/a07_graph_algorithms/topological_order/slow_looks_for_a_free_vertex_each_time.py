"""Misconception: the next free vertex has to be looked for.

All counts are read again for each vertex: n times n.
"""


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
    found = []
    taken = [False] * n
    while len(found) < n:
        here = 0
        while here < n and (taken[here] or waiting[here]):
            here += 1
        if here == n:
            raise CycleFound(_cycle(edges, waiting))
        taken[here] = True
        found.append(here)
        for then in after[here]:
            waiting[then] -= 1
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
