"""Choose servers by their response times: decaying estimates, times what is in flight."""


class ResponseTimeBalancer:
    """Choose servers by decaying estimates of their response times (peak EWMA).

    For each server: the number of requests in flight, and from its first observation on an
    estimate with the time to which it belongs. The decay over a time t is exp(-t / tau_ms).
    """

    def __init__(self, servers: list[str], tau_ms: float) -> None:
        """Start with these servers in this order, none observed and nothing in flight.

        Raises ValueError when servers is empty or has a name twice, or tau_ms is not above 0.
        """
        raise NotImplementedError

    def pick(self, now_ms: int) -> str:
        """Send a request to the server with the lowest score and return its name.

        The score is that of before this request. Among equal scores the first in the list wins.
        """
        raise NotImplementedError

    def observe(self, server: str, rtt_ms: float, now_ms: int) -> None:
        """Take in that a request to `server` was answered at now_ms, after rtt_ms.

        Raises ValueError, and changes nothing, when nothing is in flight to `server` (or it is
        none of the servers) or rtt_ms is below 0.
        """
        raise NotImplementedError

    def fail(self, server: str, penalty_ms: float, now_ms: int) -> None:
        """Take in that a request to `server` failed: it counts as an answer after penalty_ms."""
        raise NotImplementedError

    def score(self, server: str, now_ms: int) -> float:
        """Return estimate times (in flight + 1) of `server` at now_ms.

        Not observed yet: 0.0 with nothing in flight, otherwise the largest estimate among the
        observed servers takes its place, or 1.0 if none is observed or that is 0.
        Raises ValueError for a name that is none of the servers.
        """
        raise NotImplementedError
