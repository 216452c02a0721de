"""Independent solution of shortest_path_dijkstra: Dijkstra with a radix heap, parents noted.

Vertices are 0 .. n-1; an edge (a, b, weight) leads from a to b. Raised as ValueError by both
functions: a negative n, an end of an edge or an argument that is no vertex, and a negative weight,
wherever it is. `edges` is left as it was.
"""


class RadixHeap:
    """A queue of (key, vertex) for keys that are never less than the last one taken out.

    Bucket k holds the keys whose highest bit that differs from the last key is bit k - 1; bucket
    0 holds those equal to it. An entry only ever moves to a bucket further down.
    """

    def __init__(self) -> None:
        """Begin empty; the keys are 0 or more."""
        self._last = 0
        self._buckets: list[list[tuple[int, int]]] = [[]]
        self._size = 0

    def __len__(self) -> int:
        """Return how many entries there are."""
        return self._size

    def push(self, key: int, vertex: int) -> None:
        """Add an entry."""
        self._place(key, vertex)
        self._size += 1

    def pop(self) -> tuple[int, int]:
        """Take out an entry with the least key."""
        if not self._buckets[0]:
            number = next(k for k, bucket in enumerate(self._buckets) if bucket)
            entries = self._buckets[number]
            self._buckets[number] = []
            self._last = min(entries)[0]
            for key, vertex in entries:
                self._place(key, vertex)
        self._size -= 1
        return self._buckets[0].pop()

    def _place(self, key: int, vertex: int) -> None:
        number = (key ^ self._last).bit_length()
        while len(self._buckets) <= number:
            self._buckets.append([])
        self._buckets[number].append((key, vertex))


def _outgoing(
    n: int, edges: list[tuple[int, int, int]], *vertices: int
) -> list[list[tuple[int, int]]]:
    """Check everything, and return for each vertex the (end, weight) of the edges out of it."""
    if n < 0:
        raise ValueError("n is negative")
    if not all(0 <= vertex < n for vertex in vertices):
        raise ValueError("an argument is no vertex")
    out: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, weight in edges:
        if not (0 <= a < n and 0 <= b < n):
            raise ValueError("an end of an edge is no vertex")
        if weight < 0:
            raise ValueError("a weight is negative")
        out[a].append((b, weight))
    return out


def _explore(
    out: list[list[tuple[int, int]]], source: int, target: int | None
) -> tuple[list[int | None], list[int]]:
    """Return lengths and parents; with a target, they are final only as far as it is away."""
    lengths: list[int | None] = [None] * len(out)
    parents = [source] * len(out)
    final = [False] * len(out)
    lengths[source] = 0
    queue = RadixHeap()
    queue.push(0, source)
    while queue:
        length, vertex = queue.pop()
        if final[vertex]:
            continue
        final[vertex] = True
        if vertex == target:
            break
        for end, weight in out[vertex]:
            known = lengths[end]
            if known is None or length + weight < known:
                lengths[end] = length + weight
                parents[end] = vertex
                queue.push(length + weight, end)
    return lengths, parents


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    """Return for each vertex the least total weight of a way from `source`.

    None means that there is no way.
    """
    return _explore(_outgoing(n, edges, source), source, None)[0]


def route(
    n: int, edges: list[tuple[int, int, int]], source: int, target: int
) -> tuple[int, list[int]] | None:
    """Return the total weight and the vertices of a shortest way from `source` to `target`.

    The vertices begin with source, end with target, and each is there once. If several ways are
    shortest, any of them will do; None means that there is no way.
    """
    lengths, parents = _explore(_outgoing(n, edges, source, target), source, target)
    total = lengths[target]
    if total is None:
        return None
    way = [target]
    while way[-1] != source:
        way.append(parents[way[-1]])
    return total, way[::-1]
