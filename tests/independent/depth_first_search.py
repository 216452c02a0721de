"""Independent solution of depth_first_search, written from statement and stub alone.

Frames on a list stand for the calls of the recursive form.
"""


def dfs_times(adj: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return two lists: when each vertex is found, and when it is left.

    One clock for all: it shows 0 at first, and goes on by 1 after each finding and each leaving.
    """
    n = len(adj)
    found = [-1] * n
    left = [-1] * n
    clock = 0
    for root in range(n):
        if found[root] >= 0:
            continue
        found[root] = clock
        clock += 1
        stack = [(root, iter(adj[root]))]
        while stack:
            v, arcs = stack[-1]
            for w in arcs:
                if found[w] < 0:
                    found[w] = clock
                    clock += 1
                    stack.append((w, iter(adj[w])))
                    break
            else:
                left[v] = clock
                clock += 1
                stack.pop()
    return found, left


def edge_kinds(adj: list[list[int]]) -> list[tuple[int, int, str]]:
    """Return (from, to, kind) for every arc, in the order in which the search looks at them.

    "tree": the end is found by this arc. "back": it has been found, but not left. "forward" and
    "cross": it has been left, and was found after the beginning of the arc, or before it.
    """
    n = len(adj)
    found = [-1] * n
    left = [False] * n
    clock = 0
    kinds = []
    for root in range(n):
        if found[root] >= 0:
            continue
        found[root] = clock
        clock += 1
        stack = [(root, iter(adj[root]))]
        while stack:
            v, arcs = stack[-1]
            for w in arcs:
                if found[w] < 0:
                    kinds.append((v, w, "tree"))
                    found[w] = clock
                    clock += 1
                    stack.append((w, iter(adj[w])))
                    break
                if not left[w]:
                    kinds.append((v, w, "back"))
                elif found[w] > found[v]:
                    kinds.append((v, w, "forward"))
                else:
                    kinds.append((v, w, "cross"))
            else:
                left[v] = True
                stack.pop()
    return kinds


def find_cycle(adj: list[list[int]]) -> list[int] | None:
    """Return the vertices of any one cycle along the arcs, each once; None if there is no cycle.

    An arc leads from each to the next, and from the last to the first.
    """
    n = len(adj)
    state = [0] * n  # 0: not found, 1: found and not left, 2: left
    for root in range(n):
        if state[root]:
            continue
        state[root] = 1
        path = [root]
        iters = [iter(adj[root])]
        while path:
            for w in iters[-1]:
                if state[w] == 1:
                    return path[path.index(w):]
                if state[w] == 0:
                    state[w] = 1
                    path.append(w)
                    iters.append(iter(adj[w]))
                    break
            else:
                state[path.pop()] = 2
                iters.pop()
    return None
