"""A weighted consistent-hash ring and the plan of moves to another ring (Karger et al. 1997).

The points stand in one sorted list; a second list names the node of each. A lookup is one digest
and one binary search.
"""

from bisect import bisect_left
from hashlib import md5


def point(data: bytes) -> int:
    """Place data on the circle of 2**64 points: the first 8 bytes of its MD5, big-endian."""
    return int.from_bytes(md5(data, usedforsecurity=False).digest()[:8], "big")


class HashRing:
    """Nodes with weights on a circle; a key belongs to the first point at or after its own."""

    def __init__(self, nodes: dict[str, int], vnodes: int = 100) -> None:
        if vnodes < 1 or any(weight < 1 for weight in nodes.values()):
            raise ValueError(f"vnodes and weights start at 1, got {vnodes} and {nodes}")
        self._vnodes = vnodes
        self._size = len(nodes)
        ring = sorted(
            (point(f"{node}#{i}".encode()), node)
            for node, weight in nodes.items()
            for i in range(vnodes * weight)
        )
        self._points = [place for place, _ in ring]
        self._owners = [node for _, node in ring]

    def lookup(self, key: bytes) -> str:
        """Return the node that owns the key."""
        return self._owners[self._first(point(key))]

    def preference(self, key: bytes, n: int) -> list[str]:
        """Return the first n different nodes clockwise from the key, the owner first."""
        if n < 1:
            raise ValueError(f"n starts at 1, got {n}")
        start = self._first(point(key))
        wanted = min(n, self._size)
        found: dict[str, None] = {}  # a set that keeps its order
        step = 0
        while len(found) < wanted:
            found[self._owners[(start + step) % len(self._owners)]] = None
            step += 1
        return list(found)

    def plan(self, keys: list[bytes], new_nodes: dict[str, int]) -> list[tuple[bytes, str, str]]:
        """Return (key, old owner, new owner) for each key that changes hands."""
        if not new_nodes:
            raise ValueError("no node would be left to hold the keys")
        other = HashRing(new_nodes, self._vnodes)
        owners = ((key, self.lookup(key), other.lookup(key)) for key in keys)
        return [(key, old, new) for key, old, new in owners if old != new]

    def _first(self, place: int) -> int:
        """Return the index of the first point at or after the place, round the circle."""
        if not self._points:
            raise LookupError("the ring has no nodes")
        index = bisect_left(self._points, place)
        return index if index < len(self._points) else 0
