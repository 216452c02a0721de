"""shortest_path_dijkstra by networkx: its Dijkstra, on the lightest of parallel edges."""

import networkx

PACKAGES = ("networkx",)


def _graph(n: int, edges: list[tuple[int, int, int]], *vertices: int) -> networkx.DiGraph:
    if n < 0 or any(not 0 <= each < n for each in vertices) or any(
            weight < 0 or not 0 <= a < n or not 0 <= b < n for a, b, weight in edges):
        raise ValueError("no such vertex, or a negative weight")
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(sorted(edges, key=lambda edge: -edge[2]))  # the lightest stays
    return graph


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    """Return what networkx finds; None where it finds nothing."""
    graph = _graph(n, edges, source)
    found = networkx.single_source_dijkstra_path_length(graph, source)
    return [found.get(vertex) for vertex in range(n)]


def route(
    n: int, edges: list[tuple[int, int, int]], source: int, target: int
) -> tuple[int, list[int]] | None:
    """Return length and path that networkx finds."""
    try:
        return networkx.single_source_dijkstra(_graph(n, edges, source, target), source, target)
    except networkx.NetworkXNoPath:
        return None
