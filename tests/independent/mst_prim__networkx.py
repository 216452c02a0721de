"""mst_prim by networkx: its minimum spanning tree, walked lightest edge first."""

import heapq

import networkx

PACKAGES = ("networkx",)


class Disconnected(ValueError):
    """Raised when some vertex cannot be reached from the start."""


def grow_tree(
    n: int, edges: list[tuple[int, int, int]], start: int
) -> tuple[int, list[tuple[int, int]]]:
    """Grow within networkx's tree: one of the lightest edges that leave a part of it is in it."""
    if not 0 <= start < n or any(not 0 <= end < n for a, b, _ in edges for end in (a, b)):
        raise ValueError("no such vertex")
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    for a, b, weight in edges:
        if a != b and not (graph.has_edge(a, b) and graph[a][b]["weight"] <= weight):
            graph.add_edge(a, b, weight=weight)
    tree = networkx.minimum_spanning_tree(graph)
    if tree.number_of_edges() < n - 1:
        raise Disconnected
    joined: set[int] = {start}
    total, steps = 0, []
    border = [(tree[start][child]["weight"], start, child) for child in tree[start]]
    heapq.heapify(border)
    while border:
        weight, parent, child = heapq.heappop(border)
        joined.add(child)
        total += weight
        steps.append((parent, child))
        for other in tree[child]:
            if other not in joined:
                heapq.heappush(border, (tree[child][other]["weight"], child, other))
    return total, steps
