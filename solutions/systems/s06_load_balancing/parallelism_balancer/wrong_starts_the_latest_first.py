"""Takes the queue from its end: whoever came first waits longest."""

from collections import OrderedDict
from heapq import heapify, heappop, heappush

# (minus free slots, minus slots, number in order, name): the smallest is chosen
Entry = tuple[int, int, int, str]


class Overloaded(Exception):
    """No slot is free and the queue is full."""


class ParallelismBalancer:
    """Run requests where the most slots are free; while none is, let them wait in a queue.

    Whenever a method returns, nobody waits while a slot is free.
    """

    def __init__(self, slots: dict[str, int], max_queue: int) -> None:
        """Start with these servers (name: slots) and nothing running."""
        if max_queue < 0 or any(count < 0 for count in slots.values()):
            raise ValueError("slots and max_queue are 0 or more")
        self._slots = dict(slots)
        self._max_queue = max_queue
        self._places = {server: place for place, server in enumerate(slots)}
        self._running = dict.fromkeys(slots, 0)
        self._server_of: dict[str, str] = {}  # of each request that runs
        self._queue: OrderedDict[str, None] = OrderedDict()
        self._current: dict[str, Entry] = {}  # of each server with a free slot
        self._heap: list[Entry] = []  # all current entries, and some that no longer hold
        for server in slots:
            self._renew(server)

    def submit(self, req: str) -> str | None:
        """Start a request and return its server; None if it has to wait."""
        if req in self._server_of or req in self._queue:
            raise ValueError(f"{req} is running or waiting")
        if (server := self._freest()) is not None:
            self._start(req, server)
            return server
        if len(self._queue) >= self._max_queue:
            raise Overloaded(req)
        self._queue[req] = None
        return None

    def complete(self, req: str) -> list[tuple[str, str]]:
        """End a running request; return what starts in its place."""
        server = self._server_of.pop(req)
        self._running[server] -= 1
        self._renew(server)
        return self._start_waiting()

    def resize(self, server: str, slots: int) -> list[tuple[str, str]]:
        """Give a server another number of slots; return what starts because of it."""
        if slots < 0:
            raise ValueError("slots are 0 or more")
        if server not in self._slots:
            raise KeyError(server)
        self._slots[server] = slots
        self._renew(server)
        return self._start_waiting()

    def running(self, server: str) -> int:
        """Return the number of requests that run on `server`."""
        return self._running[server]

    def cancel(self, req: str) -> bool:
        """Take a request out of the queue; False if it does not wait there."""
        if req not in self._queue:
            return False
        del self._queue[req]
        return True

    def _start_waiting(self) -> list[tuple[str, str]]:
        started = []
        while self._queue and (server := self._freest()) is not None:
            # not next(iter(a dict)): that walks over the places of all that has been taken out
            req, _ = self._queue.popitem(last=True)
            self._start(req, server)
            started.append((req, server))
        return started

    def _start(self, req: str, server: str) -> None:
        self._server_of[req] = server
        self._running[server] += 1
        self._renew(server)

    def _freest(self) -> str | None:
        """Return the server with the most free slots; None if there are none."""
        while self._heap:
            server = self._heap[0][-1]
            if self._heap[0] is self._current.get(server):
                return server
            heappop(self._heap)
        return None

    def _renew(self, server: str) -> None:
        """Make a server's entry anew; sweep the heap once most of it is out of date."""
        self._current.pop(server, None)
        slots = self._slots[server]
        free = slots - self._running[server]
        if free > 0:  # it may be below 0: resizing ends no request
            self._current[server] = (-free, -slots, self._places[server], server)
            heappush(self._heap, self._current[server])
            if len(self._heap) > 2 * len(self._current) + 64:
                self._heap = list(self._current.values())
                heapify(self._heap)
