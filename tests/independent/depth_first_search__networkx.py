"""depth_first_search by networkx: its labelled depth-first edges, components and find_cycle.

Its graphs keep an arc once; a repeated one gets a vertex of its own on the way.
"""

from collections.abc import Iterator

import networkx as nx

PACKAGES = ("networkx",)


def _graph(adj: list[list[int]]) -> nx.DiGraph:
    """Return the graph, each repetition of an arc as a detour over a vertex from len(adj) on."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(adj)))
    for here, ends in enumerate(adj):
        for then in ends:
            if graph.has_edge(here, then):
                detour = len(graph)
                graph.add_edge(here, detour)
                graph.add_edge(detour, then)
            else:
                graph.add_edge(here, then)
    return graph


def _search(adj: list[list[int]]) -> Iterator[tuple[int, int, str]]:
    """Yield what the search does: (u, v, "forward"), "reverse" or "nontree"."""
    came_from: dict[int, int] = {}
    for here, then, what in nx.dfs_labeled_edges(_graph(adj)):
        if then >= len(adj):
            came_from[then] = here
        else:
            yield came_from.get(here, here), then, what


def dfs_times(adj: list[list[int]]) -> tuple[list[int], list[int]]:
    steps = [(then, what) for _, then, what in _search(adj) if what != "nontree"]
    times = {step: time for time, step in enumerate(steps)}
    vertices = range(len(adj))
    return [times[v, "forward"] for v in vertices], [times[v, "reverse"] for v in vertices]


def edge_kinds(adj: list[list[int]]) -> list[tuple[int, int, str]]:
    found: dict[int, int] = {}
    left: set[int] = set()
    arcs = []
    for here, then, what in _search(adj):
        if what == "reverse":
            left.add(then)
        elif what == "forward":
            found[then] = len(found)
            if here != then:
                arcs.append((here, then, "tree"))
        elif then not in left:
            arcs.append((here, then, "back"))
        else:
            arcs.append((here, then, "forward" if found[here] < found[then] else "cross"))
    return arcs


def find_cycle(adj: list[list[int]]) -> list[int] | None:
    graph = _graph(adj)
    for part in nx.strongly_connected_components(graph):
        some = next(iter(part))
        if len(part) > 1 or graph.has_edge(some, some):
            arcs = nx.find_cycle(graph.subgraph(part))
            return [here for here, _ in arcs if here < len(adj)]
    return None
