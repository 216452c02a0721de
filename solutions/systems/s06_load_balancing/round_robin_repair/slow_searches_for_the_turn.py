"""Remembers the next server by name and looks for its place in the list at every request."""

from threading import Lock


class NoServer(LookupError):
    """There is no server to hand out."""


class RoundRobinLoadBalancer:
    """Hand out servers in turn; `_next` names the one whose turn it is."""

    def __init__(self, servers: list[str]) -> None:
        if len(set(servers)) != len(servers):
            raise ValueError("a server is listed twice")
        self._lock = Lock()
        self._ring = list(servers)
        self._next = servers[0] if servers else None

    def get_next_server(self) -> str:
        with self._lock:
            if self._next is None:
                raise NoServer("no servers")
            chosen = self._next
            self._next = self._successor(chosen)
            return chosen

    def add(self, server: str) -> None:
        with self._lock:
            if server in self._ring:
                raise ValueError(f"{server} is already there")
            self._ring.append(server)
            if self._next is None:
                self._next = server

    def remove(self, server: str) -> bool:
        with self._lock:
            if server not in self._ring:
                return False
            if server == self._next:
                following = self._successor(server)
                self._next = None if following == server else following
            self._ring.remove(server)
            return True

    def servers(self) -> list[str]:
        with self._lock:
            return list(self._ring)

    def _successor(self, server: str) -> str:
        return self._ring[(self._ring.index(server) + 1) % len(self._ring)]
