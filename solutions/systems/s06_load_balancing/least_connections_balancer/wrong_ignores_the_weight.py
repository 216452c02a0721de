"""Compares the numbers of connections alone; the weight only breaks ties."""

from heapq import heapify, heappop, heappush, heapreplace

# (open connections per weight, minus weight, number of arrival, name): the smallest is chosen
Entry = tuple[int, int, int, str]


class LeastConnections:
    """Choose servers by the connections that are open now, in proportion to their weights."""

    def __init__(self, servers: dict[str, int]) -> None:
        """Start with these servers (name: weight); a weight below 1 raises ValueError."""
        self._weights: dict[str, int] = {}  # of all servers, those that drain too
        self._places: dict[str, int] = {}
        self._open: dict[str, int] = {}
        self._arrivals = 0
        self._current: dict[str, Entry] = {}  # what holds now; servers that drain have none
        self._heap: list[Entry] = []  # all current entries, and some that no longer hold
        for name, weight in servers.items():
            self.add(name, weight)

    def acquire(self) -> str:
        """Open a connection to the least loaded server and return its name."""
        while self._heap:
            name = self._heap[0][-1]
            if self._heap[0] is self._current.get(name):
                self._open[name] += 1
                heapreplace(self._heap, self._renewed(name))
                return name
            heappop(self._heap)
        raise LookupError("no server takes connections")

    def release(self, server: str) -> None:
        """Close a connection to `server`; ValueError if none is open."""
        if not self.open(server):
            raise ValueError(f"{server} has no open connection")
        self._open[server] -= 1
        if server in self._current:
            self._push(server)
        elif not self._open[server]:
            self._forget(server)

    def drain(self, server: str) -> bool:
        """Give `server` no new connections; it vanishes with its last one."""
        if self._current.pop(server, None) is None:
            return False
        if not self._open[server]:
            self._forget(server)
        return True

    def add(self, server: str, weight: int) -> None:
        """Let a server join without connections, after all others in order."""
        if weight < 1:
            raise ValueError(f"the weight of {server} is below 1")
        if server in self._weights:
            raise ValueError(f"{server} is already there")
        self._weights[server] = weight
        self._places[server] = self._arrivals
        self._open[server] = 0
        self._arrivals += 1
        self._push(server)

    def open(self, server: str) -> int:
        """Return the number of open connections to `server`; 0 if it is not there."""
        return self._open.get(server, 0)

    def _renewed(self, name: str) -> Entry:
        """Make a server's entry anew, and with that the one before out of date.

        Two different loads a/v and b/w differ by at least 1/(v*w). Weights are at most 10**18, so
        2**128 times as much is more than 1: whole numbers keep loads apart, and equal ones equal.
        """
        load = self._open[name]
        entry = (load, -self._weights[name], self._places[name], name)
        self._current[name] = entry
        return entry

    def _push(self, name: str) -> None:
        """Put a server's new entry into the heap; sweep once most of the heap is out of date."""
        heappush(self._heap, self._renewed(name))
        if len(self._heap) > 2 * len(self._current) + 64:
            self._heap = list(self._current.values())
            heapify(self._heap)

    def _forget(self, name: str) -> None:
        for kept in (self._weights, self._places, self._open):
            del kept[name]
