"""Misconception: what was found is a list, and `in` asks it.

Each question reads the list from the front: n times n.
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
    found, left = [0] * len(adj), [0] * len(adj)
    seen: list[int] = []
    clock = count()
    for root in range(len(adj)):
        path = [] if root in seen else [(root, iter(adj[root]))]
        while path:
            here, rest = path[-1]
            if here not in seen:
                seen.append(here)
                found[here] = next(clock)
            then = next((each for each in rest if each not in seen), None)
            if then is None:
                left[here] = next(clock)
                path.pop()
            else:
                path.append((then, iter(adj[then])))
    return found, left


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
