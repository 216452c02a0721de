"""Counts the bucket that begins exactly one window ago as well."""


class _Meter:
    """Bytes of the last buckets of one server; buckets are counted from time 0."""

    def __init__(self, buckets: int) -> None:
        self._ring = [0] * buckets  # bucket k is at place k % buckets
        self._latest = 0  # the newest bucket that the ring holds
        self.total = 0  # the sum of the ring

    def advance(self, bucket: int) -> None:
        """Let time go on to `bucket`: what takes a place in the ring drives out its bytes."""
        passed = min(bucket - self._latest, len(self._ring))
        for number in range(bucket - passed + 1, bucket + 1):
            place = number % len(self._ring)
            self.total -= self._ring[place]
            self._ring[place] = 0
        self._latest = max(self._latest, bucket)

    def add(self, bucket: int, nbytes: int) -> None:
        """Add to a bucket, unless it is older than all that the ring holds."""
        self.advance(bucket)
        if bucket > self._latest - len(self._ring):
            self._ring[bucket % len(self._ring)] += nbytes
            self.total += nbytes


class BandwidthBalancer:
    """Choose servers by the bandwidth that they use, measured over a sliding window."""

    def __init__(self, capacity_bps: dict[str, int], window_ms: int, buckets: int) -> None:
        """Start with these servers (name: capacity in bits a second) and nothing recorded."""
        if not capacity_bps or min(capacity_bps.values()) < 1:
            raise ValueError("servers are one or more, with capacities of 1 or more")
        if buckets < 1 or window_ms < 1 or window_ms % buckets:
            raise ValueError("window_ms is a multiple of buckets, and both are 1 or more")
        self._capacity_bps = dict(capacity_bps)
        self._window_ms = window_ms
        self._bucket_ms = window_ms // buckets
        self._meters = {server: _Meter(buckets + 1) for server in capacity_bps}

    def record(self, server: str, nbytes: int, now_ms: int) -> None:
        """Take in that `server` sent nbytes at now_ms."""
        if server not in self._meters or nbytes < 0:
            raise ValueError("a known server sends 0 or more bytes")
        self._meters[server].add(now_ms // self._bucket_ms, nbytes)

    def usage_bps(self, server: str, now_ms: int) -> float:
        """Return the bits a second that `server` sent over the window that ends now."""
        if server not in self._meters:
            raise ValueError(f"{server} is no server")
        meter = self._meters[server]
        meter.advance(now_ms // self._bucket_ms)
        return meter.total * 8 * 1000 / self._window_ms

    def pick(self, now_ms: int, mode: str) -> str:
        """Return the server with the least in use, or with the most capacity left."""
        used = {server: self.usage_bps(server, now_ms) for server in self._meters}
        if mode == "least_used":
            return min(used, key=used.__getitem__)
        if mode != "headroom":
            raise ValueError(f"no such mode: {mode}")
        left = {server: self._capacity_bps[server] - used[server] for server in used}
        roomiest = max(left, key=left.__getitem__)
        if left[roomiest] <= 0:
            raise LookupError("no server has capacity left")
        return roomiest
