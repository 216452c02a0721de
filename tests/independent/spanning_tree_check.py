"""Independent solution of spanning_tree_check: leaves are plucked until no edge is left.

A vertex remembers only how many edges it has and the exclusive or of its neighbours: once a single
edge is left, that is the neighbour itself.
"""


def is_spanning_tree(n: int, edges: list[tuple[int, int]]) -> bool:
    """Return whether the edges form a tree that contains all of the vertices 0 .. n-1.

    Plucking leaves uses up all edges if and only if there is no cycle (loops and double edges are
    cycles, too), and n - 1 edges without a cycle connect everything.
    """
    if len(edges) != n - 1:
        return False
    degree = [0] * n
    neighbours = [0] * n
    for a, b in edges:
        degree[a] += 1
        degree[b] += 1
        neighbours[a] ^= b
        neighbours[b] ^= a
    plucked = 0
    for start in range(n):
        leaf = start
        while degree[leaf] == 1:
            rest = neighbours[leaf]
            degree[leaf] = 0
            degree[rest] -= 1
            neighbours[rest] ^= leaf
            plucked += 1
            leaf = rest
    return plucked == n - 1
