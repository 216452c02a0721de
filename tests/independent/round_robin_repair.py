"""An independent answer to round_robin_repair: a linked ring, written from the statement."""

import threading


class NoServer(LookupError):
    """There is no server to hand out."""


class RoundRobinLoadBalancer:
    """Each name knows its neighbours; all steps run inside one lock."""

    def __init__(self, servers: list[str]) -> None:
        self._monitor = threading.RLock()
        self._after: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._first: str | None = None
        self._upcoming: str | None = None
        for server in servers:
            self.add(server)

    def get_next_server(self) -> str:
        with self._monitor:
            current = self._upcoming
            if current is None:
                raise NoServer
            self._upcoming = self._after[current]
            return current

    def add(self, server: str) -> None:
        with self._monitor:
            if server in self._after:
                raise ValueError(server)
            if self._first is None:
                self._first = self._upcoming = server
                self._after[server] = self._before[server] = server
                return
            last = self._before[self._first]
            self._join(last, server)
            self._join(server, self._first)

    def remove(self, server: str) -> bool:
        with self._monitor:
            if server not in self._after:
                return False
            before, after = self._before.pop(server), self._after.pop(server)
            if after == server:
                self._first = self._upcoming = None
                return True
            self._join(before, after)
            if self._first == server:
                self._first = after
            if self._upcoming == server:
                self._upcoming = after
            return True

    def servers(self) -> list[str]:
        with self._monitor:
            names = []
            name = self._first
            while name is not None:
                names.append(name)
                name = self._after[name]
                if name == self._first:
                    break
            return names

    def _join(self, left: str, right: str) -> None:
        self._after[left], self._before[right] = right, left
