"""Independent solution of response_time_balancer, written from statement and stub alone."""

from math import exp


class _Server:
    """What is known of one server; `estimate` is None until the first observation."""

    __slots__ = ("estimate", "in_flight", "time_ms")

    def __init__(self) -> None:
        self.in_flight = 0
        self.estimate: float | None = None
        self.time_ms = 0


class ResponseTimeBalancer:
    """Choose servers by decaying estimates of their response times (peak EWMA).

    For each server: the number of requests in flight, and from its first observation on an
    estimate with the time to which it belongs. The decay over a time t is exp(-t / tau_ms).
    """

    def __init__(self, servers: list[str], tau_ms: float) -> None:
        """Start with these servers in this order, none observed and nothing in flight.

        Raises ValueError when servers is empty or has a name twice, or tau_ms is not above 0.
        """
        if not servers:
            raise ValueError("there is no server")
        if len(set(servers)) != len(servers):
            raise ValueError("a server is named twice")
        if not tau_ms > 0:
            raise ValueError(f"tau_ms must be above 0, not {tau_ms}")
        self._servers = {name: _Server() for name in servers}
        self._tau_ms = tau_ms

    def pick(self, now_ms: int) -> str:
        """Send a request to the server with the lowest score and return its name.

        The score is that of before this request. Among equal scores the first in the list wins.
        """
        stand_in = self._stand_in(now_ms)
        name = min(
            self._servers, key=lambda name: self._score(self._servers[name], now_ms, stand_in)
        )
        self._servers[name].in_flight += 1
        return name

    def observe(self, server: str, rtt_ms: float, now_ms: int) -> None:
        """Take in that a request to `server` was answered at now_ms, after rtt_ms.

        Raises ValueError, and changes nothing, when nothing is in flight to `server` (or it is
        none of the servers) or rtt_ms is below 0.
        """
        found = self._servers.get(server)
        if found is None or found.in_flight == 0:
            raise ValueError(f"nothing is in flight to {server!r}")
        if rtt_ms < 0:
            raise ValueError(f"a time must not be below 0: {rtt_ms}")
        found.in_flight -= 1
        if found.estimate is None:
            found.estimate = float(rtt_ms)
            found.time_ms = now_ms
            return
        if rtt_ms > found.estimate:
            found.estimate = float(rtt_ms)
        else:
            w = self._decay(found, now_ms)
            found.estimate = w * found.estimate + (1 - w) * rtt_ms
        found.time_ms = max(found.time_ms, now_ms)

    def fail(self, server: str, penalty_ms: float, now_ms: int) -> None:
        """Take in that a request to `server` failed: it counts as an answer after penalty_ms."""
        self.observe(server, penalty_ms, now_ms)

    def score(self, server: str, now_ms: int) -> float:
        """Return estimate times (in flight + 1) of `server` at now_ms.

        Not observed yet: 0.0 with nothing in flight, otherwise the largest estimate among the
        observed servers takes its place, or 1.0 if none is observed or that is 0.
        Raises ValueError for a name that is none of the servers.
        """
        if server not in self._servers:
            raise ValueError(f"unknown server {server!r}")
        return self._score(self._servers[server], now_ms, self._stand_in(now_ms))

    def _score(self, server: _Server, now_ms: int, stand_in: float) -> float:
        """Return a server's score, given the stand-in for what was not observed."""
        if server.estimate is not None:
            estimate = server.estimate * self._decay(server, now_ms)
        elif server.in_flight == 0:
            estimate = 0.0
        else:
            estimate = stand_in
        return estimate * (server.in_flight + 1)

    def _stand_in(self, now_ms: int) -> float:
        """Return the estimate for a server that has requests in flight but was not observed."""
        largest = max(
            (
                server.estimate * self._decay(server, now_ms)
                for server in self._servers.values()
                if server.estimate is not None
            ),
            default=0.0,
        )
        return largest or 1.0

    def _decay(self, server: _Server, now_ms: int) -> float:
        """Return the decay since the time to which the server's estimate belongs."""
        return exp(-max(0, now_ms - server.time_ms) / self._tau_ms)
