"""Misconception: the next arc is the first one in the list that has not been looked at.

That is so, but whoever looks for it from the start after each return reads the list again for each
of its vertices.
"""

from collections.abc import Iterator
from itertools import count

Arc = tuple[int, int, str]
Times = dict[int, int]


def _walk(adj: list[list[int]], found: Times, left: Times) -> Iterator[Arc]:
    clock = count()
    for root in range(len(adj)):
        if root in found:
            continue
        found[root] = next(clock)
        path = [(root, set[int]())]
        while path:
            here, done = path[-1]
            for at, then in enumerate(adj[here]):
                if at in done:
                    continue
                done.add(at)
                if then not in found:
                    yield here, then, "tree"
                    found[then] = next(clock)
                    path.append((then, set()))
                    break
                if then not in left:
                    yield here, then, "back"
                else:
                    yield here, then, "forward" if found[here] < found[then] else "cross"
            else:
                left[here] = next(clock)
                path.pop()


def dfs_times(adj: list[list[int]]) -> tuple[list[int], list[int]]:
    found, left = Times(), Times()
    for _ in _walk(adj, found, left):
        pass
    vertices = range(len(adj))
    return [found[v] for v in vertices], [left[v] for v in vertices]


def edge_kinds(adj: list[list[int]]) -> list[Arc]:
    return list(_walk(adj, {}, {}))


def find_cycle(adj: list[list[int]]) -> list[int] | None:
    before: dict[int, int] = {}
    for here, then, kind in _walk(adj, {}, {}):
        if kind == "tree":
            before[then] = here
        elif kind == "back":
            cycle = [here]
            while cycle[-1] != then:
                cycle.append(before[cycle[-1]])
            return cycle[::-1]
    return None
