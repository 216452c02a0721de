"""Lets a failed request end without a mark: a server that fails at once looks idle and fast."""

from dataclasses import dataclass
from math import exp


@dataclass(slots=True)
class _Server:
    """What is known of one server; `estimate_ms` is None before the first observation."""

    estimate_ms: float | None = None
    observed_ms: int = 0  # the time of the estimate
    in_flight: int = 0


class ResponseTimeBalancer:
    """Choose servers by decaying estimates of their response times."""

    def __init__(self, servers: list[str], tau_ms: float) -> None:
        """Start with these servers, none of them observed."""
        if not servers or len(set(servers)) != len(servers):
            raise ValueError("servers are one or more different names")
        if tau_ms <= 0:
            raise ValueError("tau_ms is above 0")
        self._tau_ms = tau_ms
        self._servers = {name: _Server() for name in servers}

    def pick(self, now_ms: int) -> str:
        """Send a request to the server with the lowest score and return its name."""
        scores = self._scores(now_ms)
        name = min(scores, key=scores.__getitem__)  # of equal ones the first, in list order
        self._servers[name].in_flight += 1
        return name

    def observe(self, server: str, rtt_ms: float, now_ms: int) -> None:
        """Take in that a request to `server` was answered at now_ms, after rtt_ms."""
        known = self._servers.get(server)
        if known is None or not known.in_flight:
            raise ValueError(f"no request to {server} is in flight")
        if rtt_ms < 0:
            raise ValueError("a response takes no negative time")
        known.in_flight -= 1
        if known.estimate_ms is None or rtt_ms > known.estimate_ms:
            known.estimate_ms = rtt_ms
        else:
            kept = self._decay(known, now_ms)
            known.estimate_ms = kept * known.estimate_ms + (1 - kept) * rtt_ms
        known.observed_ms = max(known.observed_ms, now_ms)

    def fail(self, server: str, penalty_ms: float, now_ms: int) -> None:
        """Take in that a request to `server` failed: it counts as an answer after penalty_ms."""
        known = self._servers.get(server)
        if known is None or not known.in_flight or penalty_ms < 0:
            raise ValueError(f"no request to {server} is in flight")
        known.in_flight -= 1

    def score(self, server: str, now_ms: int) -> float:
        """Return the score by which pick would judge `server` now."""
        if server not in self._servers:
            raise ValueError(f"{server} is no server")
        return self._scores(now_ms)[server]

    def _scores(self, now_ms: int) -> dict[str, float]:
        decayed = {
            name: known.estimate_ms * self._decay(known, now_ms)
            for name, known in self._servers.items()
            if known.estimate_ms is not None
        }
        # a server that has been asked and has never answered is taken for as slow as the slowest
        silent_ms = max(decayed.values(), default=0.0) or 1.0
        return {
            name: decayed.get(name, silent_ms if known.in_flight else 0.0) * (known.in_flight + 1)
            for name, known in self._servers.items()
        }

    def _decay(self, known: _Server, now_ms: int) -> float:
        """Return what share of its estimate is left now; all of it if the clock went back."""
        return exp(-max(0, now_ms - known.observed_ms) / self._tau_ms)
