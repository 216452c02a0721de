"""Independent solution of mst_prim: Prim with a tournament tree over the vertices."""


class Disconnected(ValueError):
    """Raised when some vertex cannot be reached from the start."""


class Tournament:
    """Vertices with weights; the lightest stands at the root of a binary tree of winners."""

    def __init__(self, n: int) -> None:
        """Begin with no vertex taking part; vertices are 0 .. n-1."""
        self._weights: list[int] = [0] * n
        self._leaves = 1
        while self._leaves < n:
            self._leaves *= 2
        self._winners = [-1] * (2 * self._leaves)  # -1: nobody takes part in this subtree

    def lightest(self) -> int:
        """Return the vertex with the least weight, -1 if none takes part."""
        return self._winners[1]

    def offer(self, vertex: int, weight: int) -> bool:
        """Let the vertex take part with this weight, unless it has one that is no heavier."""
        winners, weights = self._winners, self._weights
        node = self._leaves + vertex
        if winners[node] == vertex and weights[vertex] <= weight:
            return False
        weights[vertex] = weight
        while node and (
            winners[node] in (-1, vertex) or weight < weights[winners[node]]
        ):
            winners[node] = vertex
            node //= 2
        return True

    def withdraw(self, vertex: int) -> None:
        """Take the vertex out, and play its games again without it."""
        winners, weights = self._winners, self._weights
        node = self._leaves + vertex
        winners[node] = -1
        while node > 1:
            one, other = winners[node], winners[node ^ 1]
            node //= 2
            if one == -1 or (other != -1 and weights[other] < weights[one]):
                one = other
            winners[node] = one


def grow_tree(
    n: int, edges: list[tuple[int, int, int]], start: int
) -> tuple[int, list[tuple[int, int]]]:
    """Return the total weight and the edges (parent, child), in the order in which they join.

    Vertices are 0 .. n-1; an edge is (a, b, weight) and leads both ways. The tree begins with
    `start` alone. Each step adds one of the lightest edges between a vertex of the tree, the
    parent, and one outside, the child.

    A start or an end of an edge that is no vertex raises ValueError; otherwise, a graph that is
    not connected raises Disconnected. `edges` is left as it was.
    """
    if not 0 <= start < n:
        raise ValueError("the start is no vertex")
    if not all(0 <= a < n and 0 <= b < n for a, b, _ in edges):
        raise ValueError("an end of an edge is no vertex")
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, weight in edges:
        neighbours[a].append((b, weight))
        neighbours[b].append((a, weight))

    fringe = Tournament(n)
    inside = [False] * n
    parents = [start] * n
    costs = [0] * n
    total = 0
    joined: list[tuple[int, int]] = []
    vertex = start
    while True:
        inside[vertex] = True
        for other, weight in neighbours[vertex]:
            if not inside[other] and fringe.offer(other, weight):
                parents[other] = vertex
                costs[other] = weight
        vertex = fringe.lightest()
        if vertex == -1:
            break
        fringe.withdraw(vertex)
        total += costs[vertex]
        joined.append((parents[vertex], vertex))
    if len(joined) < n - 1:
        raise Disconnected("some vertex cannot be reached from the start")
    return total, joined
