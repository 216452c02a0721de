"""A round-robin load balancer as it went into production: faulty code, yours to repair.

The docstrings say what each method must do; the bodies do something else. Keep the names and
signatures, change anything behind them.
"""


class NoServer(LookupError):
    """There is no server to hand out."""


class RoundRobinLoadBalancer:
    """Hand out servers in turn; any number of threads may call any method at the same time."""

    def __init__(self, servers: list[str]) -> None:
        """Start with `servers` in their order (none is fine); a name twice raises ValueError.

        The caller keeps its list: what happens to either side later does not touch the other.
        """
        self._pool = servers
        self._turn = 0

    def get_next_server(self) -> str:
        """Return the server whose turn it is and pass the turn on; NoServer if there is none."""
        chosen = self._pool[self._turn]
        following = self._turn + 1
        self._turn = following % len(self._pool)
        return chosen

    def add(self, server: str) -> None:
        """Put `server` at the end of the list; a name that is already there raises ValueError.

        The turn stays where it is.
        """
        self._pool.append(server)

    def remove(self, server: str) -> bool:
        """Take `server` out and return True; False, and no change, if it is not there.

        The turn stays where it is, or passes to the successor of `server` if it was the next.
        """
        self._pool.remove(server)
        return True

    def servers(self) -> list[str]:
        """Return a new list of the servers, in the order in which they came."""
        return self._pool
