"""Independent solution of parallelism_balancer, written from statement and stub alone.

The servers with free slots stand in a heap. When the figures of a server change, it gets a new
entry and its old one is stale: it is dropped when it comes to the top, or when stale entries have
become the majority and the heap is built anew.
"""

from collections import OrderedDict
from heapq import heapify, heappop, heappush


class Overloaded(Exception):
    """No slot is free and the queue is full."""


class _Server:
    """A server: its figures, and the version of its heap entry that is not stale."""

    __slots__ = ("name", "order", "running", "slots", "version")

    def __init__(self, name: str, slots: int, order: int) -> None:
        self.name = name
        self.slots = slots
        self.order = order
        self.running = 0
        self.version = 0

    @property
    def free(self) -> int:
        return self.slots - self.running

    def entry(self) -> tuple[int, int, int, int, "_Server"]:
        """Return a heap entry; (order, version) is unique, so servers are never compared."""
        return (-self.free, -self.slots, self.order, self.version, self)


class ParallelismBalancer:
    """Run requests where the most slots are free; while none is, let them wait in a queue.

    Free are slots minus running requests. Of equal servers the one with more slots is chosen,
    then the first in the dict. Whenever a method returns, nobody waits while a slot is free.
    """

    def __init__(self, slots: dict[str, int], max_queue: int) -> None:
        """Start with these servers (name: slots) and nothing running or waiting.

        Raises ValueError when a number of slots or max_queue is below 0.
        """
        if max_queue < 0:
            raise ValueError(f"max_queue must not be below 0: {max_queue}")
        for number in slots.values():
            self._check_slots(number)
        self._max_queue = max_queue
        self._servers = {
            name: _Server(name, number, order)
            for order, (name, number) in enumerate(slots.items())
        }
        self._runs_on: dict[str, _Server] = {}
        self._queue: OrderedDict[str, None] = OrderedDict()
        self._heap: list[tuple[int, int, int, int, _Server]] = []
        self._build_heap()

    def submit(self, req: str) -> str | None:
        """Start a request and return its server, or put it at the end of the queue: None.

        Raises ValueError when req is running or waiting, Overloaded when max_queue wait already.
        """
        if req in self._runs_on or req in self._queue:
            raise ValueError(f"{req!r} is running or waiting already")
        server = self._most_free()
        if server is not None:  # nobody waits then
            self._start(req, server)
            return server.name
        if len(self._queue) >= self._max_queue:
            raise Overloaded(req)
        self._queue[req] = None
        return None

    def complete(self, req: str) -> list[tuple[str, str]]:
        """End a running request; return the (request, server) pairs that start, in their order.

        Raises KeyError, and changes nothing, when req is not running.
        """
        server = self._runs_on.pop(req)
        server.running -= 1
        self._changed(server)
        return self._start_waiting()

    def resize(self, server: str, slots: int) -> list[tuple[str, str]]:
        """Give a server another number of slots; return the (request, server) pairs that start.

        Nothing that runs is ended, even if it is more than slots now. Raises ValueError when
        slots is below 0, KeyError when there is no such server.
        """
        self._check_slots(slots)
        resized = self._servers[server]
        resized.slots = slots
        self._changed(resized)
        return self._start_waiting()

    def running(self, server: str) -> int:
        """Return the number of requests that run on `server`; KeyError if there is none such."""
        return self._servers[server].running

    def cancel(self, req: str) -> bool:
        """Take a waiting request out of the queue and return True; False if it does not wait."""
        if req not in self._queue:
            return False
        del self._queue[req]
        return True

    @staticmethod
    def _check_slots(slots: int) -> None:
        if slots < 0:
            raise ValueError(f"a number of slots must not be below 0: {slots}")

    def _start(self, req: str, server: _Server) -> None:
        self._runs_on[req] = server
        server.running += 1
        self._changed(server)

    def _start_waiting(self) -> list[tuple[str, str]]:
        """Start requests from the front of the queue while slots are free, and return them."""
        started = []
        while self._queue and (server := self._most_free()) is not None:
            req, _ = self._queue.popitem(last=False)
            self._start(req, server)
            started.append((req, server.name))
        return started

    def _most_free(self) -> _Server | None:
        """Return the server where the next request starts; None if no slot is free."""
        while self._heap:
            *_, version, server = self._heap[0]
            if version == server.version:
                return server
            heappop(self._heap)
        return None

    def _changed(self, server: _Server) -> None:
        """Make the heap entry of a server stale, and give it a new one if a slot is free."""
        server.version += 1
        if server.free > 0:
            heappush(self._heap, server.entry())
            if len(self._heap) > 2 * len(self._servers) + 64:
                self._build_heap()

    def _build_heap(self) -> None:
        self._heap = [s.entry() for s in self._servers.values() if s.free > 0]
        heapify(self._heap)
