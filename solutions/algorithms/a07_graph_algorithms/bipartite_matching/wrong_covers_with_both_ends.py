"""Misconception: each edge of the matching needs both of its ends in the cover.

One is enough, chosen well; both are a cover twice as large.
"""

from collections.abc import Iterator


def _neighbours(left: int, right: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    if left < 0 or right < 0 or not all(0 <= a < left and 0 <= b < right for a, b in edges):
        raise ValueError("an edge ends nowhere")
    near: list[list[int]] = [[] for _ in range(left)]
    for a, b in edges:
        near[a].append(b)
    return near


def _levels(near: list[list[int]], mate: list[int], owner: list[int]) -> tuple[list[int], bool]:
    level = [0 if partner < 0 else -1 for partner in mate]
    queue = [a for a in range(len(near)) if mate[a] < 0]
    last = len(near)
    for a in queue:
        if level[a] > last:
            break
        for b in near[a]:
            other = owner[b]
            if other < 0:
                last = level[a]
            elif level[other] < 0:
                level[other] = level[a] + 1
                queue.append(other)
    return level, last < len(near)


def _augment(
    root: int, near: list[Iterator[int]], level: list[int], mate: list[int], owner: list[int]
) -> None:
    path = [root]
    while path:
        a = path[-1]
        for b in near[a]:
            other = owner[b]
            if other < 0:
                for each in reversed(path):
                    owner[b] = each
                    mate[each], b = b, mate[each]
                return
            if level[other] == level[a] + 1:
                path.append(other)
                break
        else:
            path.pop()


def _match(near: list[list[int]], right: int) -> tuple[list[int], list[int]]:
    mate, owner = [-1] * len(near), [-1] * right
    while True:
        level, more = _levels(near, mate, owner)
        if not more:
            return mate, level
        untried = [iter(each) for each in near]
        for root in range(len(near)):
            if mate[root] < 0:
                _augment(root, untried, level, mate, owner)


def max_matching(left: int, right: int, edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    mate, _ = _match(_neighbours(left, right, edges), right)
    return [(a, b) for a, b in enumerate(mate) if b >= 0]


def min_vertex_cover(
    left: int, right: int, edges: list[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    near = _neighbours(left, right, edges)
    mate, _ = _match(near, right)
    return [a for a in range(left) if mate[a] >= 0], sorted(b for b in mate if b >= 0)


def hall_violator(left: int, right: int, edges: list[tuple[int, int]]) -> list[int] | None:
    _, level = _match(_neighbours(left, right, edges), right)
    return [a for a in range(left) if level[a] >= 0] or None
