"""Misconception: n - 1 edges that touch every vertex reach every vertex.

Two parts that know nothing of each other touch all vertices too.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    if len(edges) != n - 1:
        return False
    return len({0, *(vertex for edge in edges for vertex in edge)}) == n
