"""Rotates the list itself, so a new server comes behind all others instead of behind the last."""

from collections import deque
from threading import Lock


class NoServer(LookupError):
    """There is no server to hand out."""


class RoundRobinLoadBalancer:
    """Hand out servers in turn; the next one stands at the front of `_ring`."""

    def __init__(self, servers: list[str]) -> None:
        if len(set(servers)) != len(servers):
            raise ValueError("a server is listed twice")
        self._lock = Lock()
        self._ring = deque(servers)
        self._came = list(servers)

    def get_next_server(self) -> str:
        with self._lock:
            if not self._ring:
                raise NoServer("no servers")
            self._ring.rotate(-1)
            return self._ring[-1]

    def add(self, server: str) -> None:
        with self._lock:
            if server in self._came:
                raise ValueError(f"{server} is already there")
            self._ring.append(server)
            self._came.append(server)

    def remove(self, server: str) -> bool:
        with self._lock:
            if server not in self._came:
                return False
            self._ring.remove(server)
            self._came.remove(server)
            return True

    def servers(self) -> list[str]:
        with self._lock:
            return list(self._came)
