"""Misconception: n - 1 edges make a tree.

Three of four vertices in a triangle use up the edges, and the fourth is left out.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    if len(edges) != n - 1:
        return False
    return True
