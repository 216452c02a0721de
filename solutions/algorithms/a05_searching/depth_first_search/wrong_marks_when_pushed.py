"""Misconception: depth first is breadth first with a stack in place of the queue.

Marked when pushed, a vertex hangs on the first that sees it, not on the one from which the
search goes down.
"""

from itertools import count

Arc = tuple[int, int, str]


def _search(adj: list[list[int]]) -> tuple[list[int], list[int], list[Arc]]:
    found, left, arcs = [-1] * len(adj), [-1] * len(adj), []
    marked = [False] * len(adj)
    clock = count()
    for root in range(len(adj)):
        stack = [] if marked[root] else [root]
        marked[root] = True
        while stack:
            here = stack[-1]
            if found[here] >= 0:
                left[here] = next(clock)
                stack.pop()
                continue
            found[here] = next(clock)
            new = []
            for then in adj[here]:
                if not marked[then]:
                    marked[then] = True
                    new.append(then)
                    arcs.append((here, then, "tree"))
                elif left[then] < 0 <= found[then]:
                    arcs.append((here, then, "back"))
                elif found[then] > found[here]:
                    arcs.append((here, then, "forward"))
                else:
                    arcs.append((here, then, "cross"))
            stack += reversed(new)
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
            while cycle[-1] != then and cycle[-1] in before:
                cycle.append(before[cycle[-1]])
            return cycle[::-1]
    return None
