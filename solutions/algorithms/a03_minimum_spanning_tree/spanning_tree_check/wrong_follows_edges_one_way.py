"""Misconception: an edge (a, b) leads from a to b.

It joins the two; whoever starts at 0 and meets (1, 0) has to be able to go back along it.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    if len(edges) != n - 1:
        return False
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in edges:
        neighbours[a].append(b)
    reached, waiting = {0}, [0]
    while waiting:
        for vertex in neighbours[waiting.pop()]:
            if vertex not in reached:
                reached.add(vertex)
                waiting.append(vertex)
    return len(reached) == n
