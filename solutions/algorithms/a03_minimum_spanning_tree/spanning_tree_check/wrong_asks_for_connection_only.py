"""Misconception: a tree is what connects all vertices.

It does so with no edge to spare; a cycle connects them as well.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
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
