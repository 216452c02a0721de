"""Independent solution of bandwidth_balancer, written from statement and stub alone.

Each server keeps the bytes of the buckets that may still count, and their total. As no question is
asked for a time before that of an earlier call, buckets that are too old now are dropped for good.
Figures are compared as whole numbers: bits times 1,000, or bits a second times window_ms.
"""

from heapq import heappop, heappush


class _Line:
    """What one server sent, by bucket."""

    __slots__ = ("_bytes", "_numbers", "_total")

    def __init__(self) -> None:
        self._bytes: dict[int, int] = {}  # by number of the bucket
        self._numbers: list[int] = []  # a heap of these numbers
        self._total = 0

    def add(self, bucket: int, nbytes: int) -> None:
        """Add bytes to a bucket."""
        if bucket not in self._bytes:
            self._bytes[bucket] = 0
            heappush(self._numbers, bucket)
        self._bytes[bucket] += nbytes
        self._total += nbytes

    def total_from(self, oldest: int) -> int:
        """Drop the buckets before `oldest` and return the bytes of all others."""
        while self._numbers and self._numbers[0] < oldest:
            self._total -= self._bytes.pop(heappop(self._numbers))
        return self._total


class BandwidthBalancer:
    """Choose servers by the bandwidth that they use, measured over a sliding window.

    Time is cut into buckets of window_ms / buckets milliseconds; bucket 0 begins at 0. At now_ms
    a bucket counts if its begin is later than now_ms - window_ms, and not later than now_ms.
    """

    def __init__(self, capacity_bps: dict[str, int], window_ms: int, buckets: int) -> None:
        """Start with these servers (name: capacity in bits a second) and nothing recorded.

        Raises ValueError when there is no server, a capacity, window_ms or buckets is below 1, or
        window_ms is no multiple of buckets.
        """
        if not capacity_bps:
            raise ValueError("there is no server")
        if min(capacity_bps.values()) < 1:
            raise ValueError("a capacity is below 1")
        if window_ms < 1 or buckets < 1 or window_ms % buckets:
            raise ValueError("window_ms and buckets must be at least 1, and divide evenly")
        self._capacity_bps = dict(capacity_bps)
        self._window_ms = window_ms
        self._buckets = buckets
        self._width_ms = window_ms // buckets
        self._lines = {server: _Line() for server in capacity_bps}
        self._newest = 0  # the bucket of the latest time that any call had

    def record(self, server: str, nbytes: int, now_ms: int) -> None:
        """Take in that `server` sent nbytes at now_ms, perhaps earlier than other calls.

        Raises ValueError when nbytes is below 0 or there is no such server.
        """
        line = self._line(server)
        if nbytes < 0:
            raise ValueError(f"nbytes must not be below 0: {nbytes}")
        oldest = self._advance(now_ms)
        line.total_from(oldest)
        bucket = now_ms // self._width_ms
        if bucket >= oldest:
            line.add(bucket, nbytes)

    def usage_bps(self, server: str, now_ms: int) -> float:
        """Return the bits in the buckets that count now, divided by the window in seconds.

        now_ms is not before the time of any earlier call. ValueError if there is no such server.
        """
        line = self._line(server)
        return self._scaled_usage(line, self._advance(now_ms)) / self._window_ms

    def pick(self, now_ms: int, mode: str) -> str:
        """Return the server with the least usage ("least_used"), or with the most capacity left.

        The second is "headroom", capacity minus usage; LookupError where that is above 0 nowhere.
        Equal ones: the first in the dict. Another mode raises ValueError. now_ms as above.
        """
        if mode not in ("least_used", "headroom"):
            raise ValueError(f"unknown mode {mode!r}")
        oldest = self._advance(now_ms)
        usage = {name: self._scaled_usage(line, oldest) for name, line in self._lines.items()}
        if mode == "least_used":
            return min(usage, key=usage.__getitem__)
        headroom = {
            name: capacity * self._window_ms - usage[name]
            for name, capacity in self._capacity_bps.items()
        }
        best = max(headroom, key=headroom.__getitem__)
        if headroom[best] <= 0:
            raise LookupError("every line is full")
        return best

    def _line(self, server: str) -> _Line:
        if server not in self._lines:
            raise ValueError(f"unknown server {server!r}")
        return self._lines[server]

    def _advance(self, now_ms: int) -> int:
        """Take note of the time and return the number of the oldest bucket that still counts."""
        self._newest = max(self._newest, now_ms // self._width_ms)
        return self._newest - self._buckets + 1

    @staticmethod
    def _scaled_usage(line: _Line, oldest: int) -> int:
        """Return the usage in bits a second, times window_ms."""
        return line.total_from(oldest) * 8 * 1000
