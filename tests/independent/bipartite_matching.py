"""Independent solution of bipartite_matching: push-relabel, and covers from the free right side.

Each right vertex has a label, a lower bound for the number of exchanges until a free right vertex
is reached. The unmatched left vertex with the lowest label takes its nearest right vertex, pushes
out who was there, and raises the label. From time to time all labels are made exact by one search
back from the free right vertices. With both, lowest first and exact again after O(E) steps, the
work is O(E * sqrt(V)).
"""

from heapq import heapify, heappop, heappush

Edges = list[tuple[int, int]]


def _neighbours(left: int, right: int, edges: Edges) -> tuple[list[list[int]], list[list[int]]]:
    """Check the arguments; return the neighbours of the left and of the right vertices."""
    if left < 0 or right < 0:
        raise ValueError("the number of vertices is negative")
    of_left: list[list[int]] = [[] for _ in range(left)]
    of_right: list[list[int]] = [[] for _ in range(right)]
    for a, b in edges:
        if not (0 <= a < left and 0 <= b < right):
            raise ValueError(f"the edge {(a, b)} does not join two vertices")
    for a, b in set(edges):
        of_left[a].append(b)
        of_right[b].append(a)
    return of_left, of_right


def _distances(of_right: list[list[int]], mate_left: list[int], mate_right: list[int]) -> list[int]:
    """Return how many exchanges each right vertex is from a free one; len(of_right) + 1: none."""
    far = len(of_right) + 1
    labels = [far] * len(of_right)
    front = [b for b, a in enumerate(mate_right) if a < 0]
    for b in front:
        labels[b] = 0
    distance = 0
    while front:
        distance += 1
        following = []
        for b in front:
            for a in of_right[b]:
                held = mate_left[a]
                if held >= 0 and labels[held] == far:
                    labels[held] = distance
                    following.append(held)
        front = following
    return labels


def _match(of_left: list[list[int]], of_right: list[list[int]]) -> tuple[list[int], list[int]]:
    """Return a largest matching: the partner of each left and each right vertex, -1 for none."""
    left, right = len(of_left), len(of_right)
    far = right + 1
    mate_left, mate_right = [-1] * left, [-1] * right
    for a in sorted(range(left), key=lambda vertex: len(of_left[vertex])):
        for b in of_left[a]:
            if mate_right[b] < 0:
                mate_left[a], mate_right[b] = b, a
                break
    budget = left + right + sum(map(len, of_left))
    work = budget
    labels: list[int] = []
    waiting = [(0, a) for a in range(left) if mate_left[a] < 0]
    while waiting:
        if work >= budget:
            work = 0
            labels = _distances(of_right, mate_left, mate_right)
            fresh = [(min((labels[b] for b in of_left[a]), default=far), a) for _, a in waiting]
            waiting = [entry for entry in fresh if entry[0] < far]
            heapify(waiting)
            continue
        key, a = heappop(waiting)
        work += len(of_left[a]) + 1
        nearest, best, second = -1, far, far
        for b in of_left[a]:
            label = labels[b]
            if label < best:
                nearest, best, second = b, label, best
            elif label < second:
                second = label
        if nearest < 0:
            continue
        if best > key:
            heappush(waiting, (best, a))
            continue
        pushed_out = mate_right[nearest]
        mate_left[a], mate_right[nearest] = nearest, a
        labels[nearest] = min(far, second + 1)
        if pushed_out >= 0:
            mate_left[pushed_out] = -1
            heappush(waiting, (best, pushed_out))
    return mate_left, mate_right


def max_matching(left: int, right: int, edges: Edges) -> list[tuple[int, int]]:
    """Return as many edges (a, b) as possible, no two of which share a vertex, in any order."""
    mate_left, _ = _match(*_neighbours(left, right, edges))
    return [(a, b) for a, b in enumerate(mate_left) if b >= 0]


def min_vertex_cover(left: int, right: int, edges: Edges) -> tuple[list[int], list[int]]:
    """Return as few vertices as possible such that every edge ends at one of them.

    Right vertices from which no exchange leads to a free right vertex are taken; of every other
    pair of the matching, the left vertex.
    """
    of_left, of_right = _neighbours(left, right, edges)
    mate_left, mate_right = _match(of_left, of_right)
    labels = _distances(of_right, mate_left, mate_right)
    far = right + 1
    chosen_left = [a for a, b in enumerate(mate_left) if b >= 0 and labels[b] < far]
    return chosen_left, [b for b in range(right) if labels[b] == far]


def hall_violator(left: int, right: int, edges: Edges) -> list[int] | None:
    """Return left vertices, ascending, that have fewer neighbours together than they are.

    All neighbours of the left vertices outside of a smallest cover are right vertices in it. If
    the cover is smaller than the left side, these are too few.
    """
    chosen_left, chosen_right = min_vertex_cover(left, right, edges)
    if len(chosen_left) + len(chosen_right) >= left:
        return None
    covered = set(chosen_left)
    return [a for a in range(left) if a not in covered]
