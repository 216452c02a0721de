"""Independent solution of least_connections_balancer, written from statement and stub alone.

The servers that take connections stand in a heap. When the figures of a server change, it gets a
new entry and its old one is stale: it is dropped when it comes to the top, or when stale entries
have become the majority and the heap is built anew.
"""

from heapq import heapify, heappop, heappush

# Different quotients with weights up to 10**18 differ by at least 1 / 10**36. Times 10**36 they
# differ by at least 1, so that rounding them down keeps their order, and equal ones stay equal.
_SCALE = 10**36


class _Server:
    """A server: its figures, and the version of its heap entry that is not stale."""

    __slots__ = ("draining", "name", "open", "order", "version", "weight")

    def __init__(self, name: str, weight: int, order: int) -> None:
        self.name = name
        self.weight = weight
        self.order = order
        self.open = 0
        self.draining = False
        self.version = 0

    def entry(self) -> tuple[int, int, int, int, "_Server"]:
        """Return a heap entry; (order, version) is unique, so servers are never compared."""
        load = self.open * _SCALE // self.weight
        return (load, -self.weight, self.order, self.version, self)


class LeastConnections:
    """Choose servers by the connections that are open now, in proportion to their weights.

    Servers have an order: that of the dict, then that in which they were added.
    """

    def __init__(self, servers: dict[str, int]) -> None:
        """Start with these servers (name: weight) and no connections; none is fine.

        Weights are from 1 to 10**18. Raises ValueError when one is below 1.
        """
        self._servers: dict[str, _Server] = {}
        self._heap: list[tuple[int, int, int, int, _Server]] = []
        self._next_order = 0
        for name, weight in servers.items():
            self.add(name, weight)

    def acquire(self) -> str:
        """Open a connection to the server with the least open/weight and return its name.

        Quotients are compared exactly. Among equal ones the largest weight wins, then the first
        in order. Servers that drain are left out; LookupError if no other is there.
        """
        while self._heap:
            *_, version, server = heappop(self._heap)
            if version == server.version:
                server.open += 1
                self._changed(server)
                return server.name
        raise LookupError("no server takes connections")

    def release(self, server: str) -> None:
        """Close a connection to `server`; ValueError, and no change, if none is open."""
        found = self._servers.get(server)
        if found is None or found.open == 0:
            raise ValueError(f"no connection to {server!r} is open")
        found.open -= 1
        if not found.draining:
            self._changed(found)
        elif found.open == 0:
            del self._servers[server]

    def drain(self, server: str) -> bool:
        """Give `server` no new connections and return True.

        It is gone with its last open connection, at once if it has none. False, and no change,
        if it is not there or drains already.
        """
        found = self._servers.get(server)
        if found is None or found.draining:
            return False
        found.draining = True
        found.version += 1  # its entry is stale now
        if found.open == 0:
            del self._servers[server]
        return True

    def add(self, server: str, weight: int) -> None:
        """Let a server join, last in order and without connections.

        Raises ValueError when the weight is below 1 or the name is there, draining or not.
        """
        if weight < 1:
            raise ValueError(f"the weight of {server!r} must be at least 1, not {weight}")
        if server in self._servers:
            raise ValueError(f"{server!r} is there already")
        added = _Server(server, weight, self._next_order)
        self._next_order += 1
        self._servers[server] = added
        self._changed(added)

    def open(self, server: str) -> int:
        """Return the number of open connections to `server`; 0 if it is not there."""
        found = self._servers.get(server)
        return 0 if found is None else found.open

    def _changed(self, server: _Server) -> None:
        """Give a server that takes connections a new entry in the heap."""
        server.version += 1
        heappush(self._heap, server.entry())
        if len(self._heap) > 2 * len(self._servers) + 64:
            self._heap = [s.entry() for s in self._servers.values() if not s.draining]
            heapify(self._heap)
