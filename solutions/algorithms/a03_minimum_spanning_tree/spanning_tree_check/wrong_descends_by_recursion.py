"""Misconception: a graph search may always be written as a recursion.

A path is as deep as it has vertices, and Python stops after 1,000 calls.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    if len(edges) != n - 1:
        return False
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in edges:
        neighbours[a].append(b)
        neighbours[b].append(a)
    reached: set[int] = set()

    def visit(vertex: int) -> None:
        reached.add(vertex)
        for other in neighbours[vertex]:
            if other not in reached:
                visit(other)

    visit(0)
    return len(reached) == n
