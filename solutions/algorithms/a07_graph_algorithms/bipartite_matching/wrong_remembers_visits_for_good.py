"""Misconception: what a search has visited need not be visited again.

Not within one search; the next one may come by after a change that opens a way from there.
"""


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


def _match(near: list[list[int]], right: int) -> tuple[list[int], list[int]]:
    mate, owner = [-1] * len(near), [-1] * right
    seen: set[int] = set()
    for root in range(len(near)):
        path = [(root, iter(near[root]))]
        while path:
            for b in path[-1][1]:
                if b in seen:
                    continue
                seen.add(b)
                other = owner[b]
                if other >= 0:
                    path.append((other, iter(near[other])))
                    break
                for each, _ in reversed(path):
                    owner[b] = each
                    mate[each], b = b, mate[each]
                path = []
                break
            else:
                path.pop()
    return mate, _levels(near, mate, owner)[0]


def max_matching(left: int, right: int, edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    mate, _ = _match(_neighbours(left, right, edges), right)
    return [(a, b) for a, b in enumerate(mate) if b >= 0]


def min_vertex_cover(
    left: int, right: int, edges: list[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    near = _neighbours(left, right, edges)
    _, level = _match(near, right)
    lefts = [a for a in range(left) if level[a] < 0]
    rights = {b for a in range(left) if level[a] >= 0 for b in near[a]}
    return lefts, sorted(rights)


def hall_violator(left: int, right: int, edges: list[tuple[int, int]]) -> list[int] | None:
    _, level = _match(_neighbours(left, right, edges), right)
    return [a for a in range(left) if level[a] >= 0] or None
