"""An echo server for a thousand clients on one thread."""


class EchoServer:
    """Send back to every client what it sends, on one background thread.

    The thread never waits for one client: not to read, not to write. It waits only until any of
    them is ready, and then uses no CPU.
    """

    def __init__(self, high_water: int = 262_144) -> None:
        """Make a server that reads no more from a client while high_water bytes wait for it.

        No client ever has more than high_water + 65,536 bytes waiting. Raises ValueError when
        high_water is below 1.
        """
        raise NotImplementedError

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, serve in the background, and return the port.

        Raises RuntimeError when the server is running.
        """
        raise NotImplementedError

    def stop(self) -> None:
        """Close the port and all connections, end the thread, and leave no file open.

        Without effect when the server is not running. It can be started again afterwards.
        """
        raise NotImplementedError

    def buffered(self) -> int:
        """Return how many bytes were read from clients and not sent back yet, in all."""
        raise NotImplementedError

    def connections(self) -> int:
        """Return the number of clients that are connected."""
        raise NotImplementedError
