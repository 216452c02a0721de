"""A gateway that asks several backends at once and answers with all their answers."""


class AsyncGateway:
    """Pass each line of a client on to all backends and answer with all their answers.

    The answer is one line: what each backend answered, in the order of the backends, joined by
    "|"; "-" for one that gave no answer in time. All work is done on one background thread.
    """

    def __init__(
        self, backends: list[tuple[str, int]], timeout_ms: int, max_inflight: int
    ) -> None:
        """Make a gateway to these backends (address, port).

        A client's line is answered at the latest timeout_ms after it was read and the one before
        it was answered. At most max_inflight questions to backends are under way at once, for all
        clients together.
        Raises ValueError when there is no backend, or a number is below 1.
        """
        raise NotImplementedError

    def start(self) -> int:
        """Listen on a free port of 127.0.0.1, serve in the background, and return the port.

        Raises RuntimeError when the gateway is running.
        """
        raise NotImplementedError

    def stop(self) -> None:
        """Close the port and all connections, end all work and the thread.

        Without effect when the gateway is not running. It can be started again afterwards.
        """
        raise NotImplementedError
