"""Misconception: the kinds follow from the times, so the order of the arcs is free.

The kinds are right nearly always, but the arcs come vertex by vertex, and of two equal arcs to a
child both are called tree.
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
        path = [(root, iter(adj[root]))]
        while path:
            here, rest = path[-1]
            for then in rest:
                if then not in found:
                    yield here, then, "tree"
                    found[then] = next(clock)
                    path.append((then, iter(adj[then])))
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
    found, left = Times(), Times()
    parent = {b: a for a, b, kind in _walk(adj, found, left) if kind == "tree"}
    arcs = []
    for a, ends in enumerate(adj):
        for b in ends:
            if parent.get(b) == a:
                kind = "tree"
            elif found[b] <= found[a]:
                kind = "back" if left[a] <= left[b] else "cross"
            else:
                kind = "forward"
            arcs.append((a, b, kind))
    return arcs


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
