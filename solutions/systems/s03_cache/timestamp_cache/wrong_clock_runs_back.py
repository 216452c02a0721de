"""Believes each caller's clock: a caller that is behind brings expired entries back to life."""

from heapq import heapify, heappop, heappush


class TimestampCache:
    """Entries (timestamp, number, value) by key, and a heap of (timestamp, number, key)."""

    def __init__(self, capacity: int, max_age_ms: int) -> None:
        if capacity < 1 or max_age_ms < 1:
            raise ValueError(capacity, max_age_ms)
        self._capacity = capacity
        self._max_age_ms = max_age_ms
        self._now_ms = 0
        self._puts = 0
        self._entries: dict[str, tuple[int, int, str]] = {}
        self._by_age: list[tuple[int, int, str]] = []

    def put(self, key: str, value: str, ts_ms: int, now_ms: int) -> bool:
        self._advance(now_ms)
        if self._expired(ts_ms):
            return False
        if key in self._entries:
            if ts_ms < self._entries[key][0]:
                return False
        elif len(self._entries) == self._capacity and not self._make_room(ts_ms):
            return False
        self._puts += 1
        self._entries[key] = (ts_ms, self._puts, value)
        heappush(self._by_age, (ts_ms, self._puts, key))
        if len(self._by_age) > 2 * len(self._entries):
            self._by_age = [(ts, number, key) for key, (ts, number, _) in self._entries.items()]
            heapify(self._by_age)
        return True

    def get(self, key: str, now_ms: int) -> str | None:
        self._advance(now_ms)
        if key not in self._entries or self._expired(self._entries[key][0]):
            return None
        return self._entries[key][2]

    def sweep(self, now_ms: int) -> list[str]:
        self._advance(now_ms)
        dropped = []
        while self._entries and self._expired(self._oldest_ms()):
            dropped.append(self._drop_oldest())
        return dropped

    def __len__(self) -> int:
        return len(self._entries)

    def _advance(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def _expired(self, ts_ms: int) -> bool:
        return self._now_ms - ts_ms >= self._max_age_ms

    def _make_room(self, ts_ms: int) -> bool:
        if self.sweep(self._now_ms):
            return True
        if ts_ms < self._oldest_ms():
            return False
        self._drop_oldest()
        return True

    def _oldest_ms(self) -> int:
        while not self._is_current(*self._by_age[0]):
            heappop(self._by_age)
        return self._by_age[0][0]

    def _is_current(self, ts_ms: int, number: int, key: str) -> bool:
        return key in self._entries and self._entries[key][1] == number

    def _drop_oldest(self) -> str:
        key = heappop(self._by_age)[2]
        del self._entries[key]
        return key
