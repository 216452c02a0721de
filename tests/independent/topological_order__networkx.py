"""topological_order by networkx: topological sorts, generations and longest path of its DAGs."""

import networkx

PACKAGES = ("networkx",)


class CycleFound(ValueError):
    """No order exists. `args[0]` is a list of the vertices of one cycle."""


def _graph(n: int, edges: list[tuple[int, int]]) -> networkx.DiGraph:
    if n < 0 or any(not 0 <= end < n for edge in edges for end in edge):
        raise ValueError("no such vertex")
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(edges)
    if not networkx.is_directed_acyclic_graph(graph):
        raise CycleFound([a for a, _ in networkx.find_cycle(graph)])
    return graph


def order(n: int, edges: list[tuple[int, int]]) -> list[int]:
    """Return the lexicographically smallest order."""
    return list(networkx.lexicographical_topological_sort(_graph(n, edges)))


def layers(n: int, edges: list[tuple[int, int]]) -> list[list[int]]:
    """Return networkx's generations, each sorted."""
    return [sorted(layer) for layer in networkx.topological_generations(_graph(n, edges))]


def longest_chain(n: int, edges: list[tuple[int, int]]) -> int:
    """Return the number of vertices of networkx's longest path."""
    return len(networkx.dag_longest_path(_graph(n, edges)))
