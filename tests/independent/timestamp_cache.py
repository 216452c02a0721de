"""Independent solution of timestamp_cache, written from statement and stub alone."""

import heapq


class TimestampCache:
    """Hold at most `capacity` entries, none of them answered for at `max_age_ms` or later.

    The entries are in a dict. A heap of (timestamp, serial number of the put, key) gives their
    order; an update leaves its old heap item behind, which is skipped when it comes to the top.
    The heap is rebuilt when more than half of it is such leftovers.
    """

    def __init__(self, capacity: int, max_age_ms: int) -> None:
        """Make an empty cache; a capacity or a maximal age below 1 raises ValueError."""
        if capacity < 1 or max_age_ms < 1:
            raise ValueError("capacity and max_age_ms must be at least 1")
        self._capacity = capacity
        self._max_age_ms = max_age_ms
        self._clock = 0
        self._puts = 0
        self._entries: dict[str, tuple[str, int, int]] = {}  # key: (value, timestamp, serial)
        self._heap: list[tuple[int, int, str]] = []

    def put(self, key: str, value: str, ts_ms: int, now_ms: int) -> bool:
        """Store `value`, measured at `ts_ms`; return whether that took effect.

        Refused, with no change: what has expired already; what is older than the entry that the
        key has; and a new key, older than every entry of a cache that is full of live ones. A new
        key in a full cache first drops all expired entries, or else the oldest entry.
        """
        self._advance(now_ms)
        if self._expired(ts_ms):
            return False
        present = self._entries.get(key)
        if present is not None:
            if present[1] > ts_ms:
                return False
        elif len(self._entries) >= self._capacity and not self._drop_expired():
            oldest_ts, _, oldest_key = self._oldest()
            if oldest_ts > ts_ms:
                return False
            heapq.heappop(self._heap)
            del self._entries[oldest_key]
        self._puts += 1
        self._entries[key] = (value, ts_ms, self._puts)
        heapq.heappush(self._heap, (ts_ms, self._puts, key))
        if len(self._heap) > 2 * len(self._entries) + 8:
            self._rebuild()
        return True

    def get(self, key: str, now_ms: int) -> str | None:
        """Return the value of `key`, None if it is absent or has expired. Nothing is dropped."""
        self._advance(now_ms)
        entry = self._entries.get(key)
        if entry is None or self._expired(entry[1]):
            return None
        return entry[0]

    def sweep(self, now_ms: int) -> list[str]:
        """Drop all expired entries and return their keys, the oldest timestamp first."""
        self._advance(now_ms)
        return self._drop_expired()

    def __len__(self) -> int:
        """Return the number of entries held, expired ones included."""
        return len(self._entries)

    def _advance(self, now_ms: int) -> None:
        self._clock = max(self._clock, now_ms)

    def _expired(self, ts_ms: int) -> bool:
        return self._clock - ts_ms >= self._max_age_ms

    def _oldest(self) -> tuple[int, int, str]:
        """Return the heap item of the oldest entry, now at the top; there must be an entry."""
        while True:
            ts_ms, serial, key = self._heap[0]
            entry = self._entries.get(key)
            if entry is not None and entry[2] == serial:
                return ts_ms, serial, key
            heapq.heappop(self._heap)

    def _drop_expired(self) -> list[str]:
        dropped: list[str] = []
        while self._entries:
            ts_ms, _, key = self._oldest()
            if not self._expired(ts_ms):
                break
            heapq.heappop(self._heap)
            del self._entries[key]
            dropped.append(key)
        if len(self._heap) > 2 * len(self._entries) + 8:
            self._rebuild()
        return dropped

    def _rebuild(self) -> None:
        self._heap = [(ts_ms, serial, key) for key, (_, ts_ms, serial) in self._entries.items()]
        heapq.heapify(self._heap)
