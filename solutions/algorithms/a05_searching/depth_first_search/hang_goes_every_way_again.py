"""Misconception: for a cycle only the current path matters, so nothing else is remembered.

The path matters, but a vertex that was left without a cycle needs no second visit: with forty forks
in a row there are 2**40 ways.
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
    return list(_walk(adj, {}, {}))


def find_cycle(adj: list[list[int]]) -> list[int] | None:
    for root in range(len(adj)):
        steps = {root: iter(adj[root])}
        while steps:
            here = next(reversed(steps))
            then = next(steps[here], None)
            if then is None:
                del steps[here]
            elif then in steps:
                path = list(steps)
                return path[path.index(then) :]
            else:
                steps[then] = iter(adj[then])
    return None
