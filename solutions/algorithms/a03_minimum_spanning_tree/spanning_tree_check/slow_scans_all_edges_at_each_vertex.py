"""Misconception: the list of edges is good enough to find a vertex's neighbours.

It is read from end to end for each vertex: n times n - 1 edges.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    if len(edges) != n - 1:
        return False
    reached, waiting = {0}, [0]
    while waiting:
        here = waiting.pop()
        for a, b in edges:
            if here in (a, b):
                vertex = b if here == a else a
                if vertex not in reached:
                    reached.add(vertex)
                    waiting.append(vertex)
    return len(reached) == n
