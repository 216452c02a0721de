"""breadth_first_search by networkx: its shortest paths, and Dijkstra from all exits at once."""

import networkx as nx

PACKAGES = ("networkx",)


def _graph(adj: list[list[int]], *vertices: int) -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(adj)))
    graph.add_edges_from((v, w) for v, row in enumerate(adj) for w in row)
    if len(graph) > len(adj) or any(v not in graph for v in vertices):
        raise ValueError("not a vertex")
    return graph


def hops(adj: list[list[int]], start: int) -> list[int]:
    steps = nx.single_source_shortest_path_length(_graph(adj, start), start)
    return [steps.get(v, -1) for v in range(len(adj))]


def fewest_steps(adj: list[list[int]], s: int, t: int) -> list[int] | None:
    try:
        return list(nx.shortest_path(_graph(adj, s, t), s, t))
    except nx.NetworkXNoPath:
        return None


def nearest_exit(grid: list[str]) -> list[list[int]]:
    if len({len(row) for row in grid}) > 1:
        raise ValueError("rows of different lengths")
    cells = {(y, x): cell for y, row in enumerate(grid) for x, cell in enumerate(row)}
    graph = nx.grid_2d_graph(len(grid), len(grid[0]) if grid else 0)
    graph.remove_nodes_from([at for at, cell in cells.items() if cell == "#"])
    exits = {at for at, cell in cells.items() if cell == "E"}
    steps = nx.multi_source_dijkstra_path_length(graph, exits) if exits else {}
    return [[steps.get((y, x), -1) for x in range(len(row))] for y, row in enumerate(grid)]
