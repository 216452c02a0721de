"""Spanning tree check: the right number of edges, and every vertex reached."""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    """Return whether the edges form a tree that contains all vertices 0 .. n-1."""
    if len(edges) != n - 1:
        return False
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in edges:
        neighbours[a].append(b)
        neighbours[b].append(a)
    reached, waiting = {0}, [0]
    while waiting:
        for vertex in neighbours[waiting.pop()]:
            if vertex not in reached:
                reached.add(vertex)
                waiting.append(vertex)
    return len(reached) == n
