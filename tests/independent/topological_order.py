"""Independent solution of topological_order: a two-level bitmap of ready ones, depths by search.

Vertices are 0 .. n-1; an edge (a, b) says that a comes before b. In all three functions a negative
n, or an end of an edge that is no vertex, raises ValueError, and a cycle raises CycleFound. `edges`
is left as it was.
"""

_BITS = 256

Edges = list[tuple[int, int]]


class CycleFound(ValueError):
    """No order exists. `args[0]` is a list of the vertices of one cycle, each once.

    There is an edge from each to the next, and from the last to the first.
    """


def _befores(n: int, edges: Edges) -> list[list[int]]:
    """Check the arguments; return for each vertex those that come directly before it."""
    if n < 0:
        raise ValueError("the number of vertices is negative")
    befores: list[list[int]] = [[] for _ in range(n)]
    for a, b in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError(f"the edge {(a, b)} does not join two vertices")
        befores[b].append(a)
    return befores


def _depths(n: int, edges: Edges) -> list[int]:
    """Return for each vertex the number of vertices on the longest way that ends there.

    A depth-first search against the edges with its own stack; the way from the start down to
    where it stands is `path`, so a vertex met again on it closes a cycle.
    """
    befores = _befores(n, edges)
    depths = [0] * n  # 0: not known yet
    on_path = bytearray(n)
    for start in range(n):
        if depths[start]:
            continue
        path = [start]
        on_path[start] = 1
        todo = [iter(befores[start])]
        while path:
            vertex = path[-1]
            for before in todo[-1]:
                if on_path[before]:
                    raise CycleFound(path[path.index(before) :][::-1])
                if not depths[before]:
                    path.append(before)
                    on_path[before] = 1
                    todo.append(iter(befores[before]))
                    break
            else:
                depths[vertex] = 1 + max((depths[b] for b in befores[vertex]), default=0)
                on_path[vertex] = 0
                path.pop()
                todo.pop()
    return depths


class _ReadySet:
    """A set of numbers below n whose least one is found by two looks at the lowest set bit."""

    def __init__(self, n: int) -> None:
        self._blocks = [0] * (n // _BITS + 1)
        self._used = 0

    def add(self, number: int) -> None:
        """Put a number into the set."""
        block, bit = divmod(number, _BITS)
        self._blocks[block] |= 1 << bit
        self._used |= 1 << block

    def pop_least(self) -> int:
        """Take the least number out of the set and return it; -1 if the set is empty."""
        if not self._used:
            return -1
        lowest = self._used & -self._used
        block = lowest.bit_length() - 1
        bits = self._blocks[block]
        least = bits & -bits
        self._blocks[block] = bits ^ least
        if bits == least:
            self._used ^= lowest
        return block * _BITS + least.bit_length() - 1


def order(n: int, edges: Edges) -> list[int]:
    """Return the lexicographically smallest order of all vertices that agrees with all edges."""
    _depths(n, edges)  # finds a cycle, if there is one, and checks the arguments
    afters: list[list[int]] = [[] for _ in range(n)]
    waits_for = [0] * n
    for a, b in edges:
        afters[a].append(b)
        waits_for[b] += 1
    ready = _ReadySet(n)
    for vertex in range(n):
        if not waits_for[vertex]:
            ready.add(vertex)
    result: list[int] = []
    while (vertex := ready.pop_least()) >= 0:
        result.append(vertex)
        for after in afters[vertex]:
            waits_for[after] -= 1
            if not waits_for[after]:
                ready.add(after)
    return result


def layers(n: int, edges: Edges) -> list[list[int]]:
    """Return the vertices in layers: each in the earliest one that lies after all before it.

    Each layer is in ascending order, and none is empty.
    """
    depths = _depths(n, edges)
    result: list[list[int]] = [[] for _ in range(max(depths, default=0))]
    for vertex, depth in enumerate(depths):
        result[depth - 1].append(vertex)
    return result


def longest_chain(n: int, edges: Edges) -> int:
    """Return the number of vertices on the longest way along edges; 0 if n is 0."""
    return max(_depths(n, edges), default=0)
