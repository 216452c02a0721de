"""Misconception: depth first is a recursion, so recursion is all it takes.

The calls are as deep as the path is long, and Python stops after 1,000.
"""

from itertools import count

Arc = tuple[int, int, str]


def _search(adj: list[list[int]]) -> tuple[list[int], list[int], list[Arc]]:
    found, left, arcs = [-1] * len(adj), [-1] * len(adj), []
    clock = count()

    def enter(here: int) -> None:
        found[here] = next(clock)
        for then in adj[here]:
            if found[then] < 0:
                arcs.append((here, then, "tree"))
                enter(then)
            elif left[then] < 0:
                arcs.append((here, then, "back"))
            else:
                arcs.append((here, then, "forward" if found[here] < found[then] else "cross"))
        left[here] = next(clock)

    for root in range(len(adj)):
        if found[root] < 0:
            enter(root)
    return found, left, arcs


def dfs_times(adj: list[list[int]]) -> tuple[list[int], list[int]]:
    found, left, _ = _search(adj)
    return found, left


def edge_kinds(adj: list[list[int]]) -> list[Arc]:
    return _search(adj)[2]


def find_cycle(adj: list[list[int]]) -> list[int] | None:
    before: dict[int, int] = {}
    for here, then, kind in _search(adj)[2]:
        if kind == "tree":
            before[then] = here
        elif kind == "back":
            cycle = [here]
            while cycle[-1] != then:
                cycle.append(before[cycle[-1]])
            return cycle[::-1]
    return None
