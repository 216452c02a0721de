"""Weighted least connections: the next request goes where the fewest are open for the size."""


class LeastConnections:
    """Choose servers by the connections that are open now, in proportion to their weights.

    Servers have an order: that of the dict, then that in which they were added.
    """

    def __init__(self, servers: dict[str, int]) -> None:
        """Start with these servers (name: weight) and no connections; none is fine.

        Weights are from 1 to 10**18. Raises ValueError when one is below 1.
        """
        raise NotImplementedError

    def acquire(self) -> str:
        """Open a connection to the server with the least open/weight and return its name.

        Quotients are compared exactly. Among equal ones the largest weight wins, then the first
        in order. Servers that drain are left out; LookupError if no other is there.
        """
        raise NotImplementedError

    def release(self, server: str) -> None:
        """Close a connection to `server`; ValueError, and no change, if none is open."""
        raise NotImplementedError

    def drain(self, server: str) -> bool:
        """Give `server` no new connections and return True.

        It is gone with its last open connection, at once if it has none. False, and no change,
        if it is not there or drains already.
        """
        raise NotImplementedError

    def add(self, server: str, weight: int) -> None:
        """Let a server join, last in order and without connections.

        Raises ValueError when the weight is below 1 or the name is there, draining or not.
        """
        raise NotImplementedError

    def open(self, server: str) -> int:
        """Return the number of open connections to `server`; 0 if it is not there."""
        raise NotImplementedError
