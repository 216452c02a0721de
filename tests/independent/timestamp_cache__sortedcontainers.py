"""timestamp_cache by sortedcontainers: a SortedList keeps the entries in the order of their age."""

from itertools import count

from sortedcontainers import SortedList

PACKAGES = ("sortedcontainers",)


class TimestampCache:
    """Entries (timestamp, number, key) in order, and the same by key with the value."""

    def __init__(self, capacity: int, max_age_ms: int) -> None:
        if min(capacity, max_age_ms) < 1:
            raise ValueError("capacity and maximal age are at least 1")
        self._capacity, self._max_age = capacity, max_age_ms
        self._clock, self._numbers = 0, count()
        self._by_key: dict[str, tuple[tuple[int, int, str], str]] = {}
        self._by_age = SortedList()

    def __len__(self) -> int:
        return len(self._by_key)

    def put(self, key: str, value: str, ts_ms: int, now_ms: int) -> bool:
        if ts_ms <= self._horizon(now_ms):
            return False
        if key in self._by_key:
            place = self._by_key[key][0]
            if place[0] > ts_ms:
                return False
            self._by_age.remove(place)
        elif len(self) == self._capacity and not self.sweep(now_ms):
            oldest = self._by_age[0]
            if oldest[0] > ts_ms:
                return False
            self._by_age.remove(oldest)
            del self._by_key[oldest[2]]
        place = (ts_ms, next(self._numbers), key)
        self._by_age.add(place)
        self._by_key[key] = place, value
        return True

    def get(self, key: str, now_ms: int) -> str | None:
        horizon = self._horizon(now_ms)
        place, value = self._by_key.get(key, ((horizon, 0, key), None))
        return value if place[0] > horizon else None

    def sweep(self, now_ms: int) -> list[str]:
        gone = self._by_age.bisect_left((self._horizon(now_ms) + 1,))
        keys = [key for _, _, key in self._by_age[:gone]]
        del self._by_age[:gone]
        for key in keys:
            del self._by_key[key]
        return keys

    def _horizon(self, now_ms: int) -> int:
        """Return the largest timestamp that has expired."""
        self._clock = max(self._clock, now_ms)
        return self._clock - self._max_age
