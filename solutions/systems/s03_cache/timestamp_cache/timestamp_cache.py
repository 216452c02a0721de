"""Oldest data goes: a dict for the keys, and a heap by age that is cleaned when it is read."""

from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Entry(NamedTuple):
    """What is held under a key; `number` says which put brought it."""

    ts_ms: int
    number: int
    value: str


class TimestampCache:
    """Hold at most `capacity` entries, none of them answered for at `max_age_ms` or later.

    Every entry has a place (timestamp, number, key) in the heap `_by_age`. An update leaves the
    old place behind; such places are passed over at the top, and cleared away by a rebuild before
    they outnumber the entries.
    """

    def __init__(self, capacity: int, max_age_ms: int) -> None:
        """Make an empty cache; a capacity or a maximal age below 1 raises ValueError."""
        if capacity < 1 or max_age_ms < 1:
            raise ValueError(f"capacity {capacity} and age {max_age_ms} must be at least 1")
        self._capacity = capacity
        self._max_age_ms = max_age_ms
        self._now_ms = 0
        self._puts = 0
        self._entries: dict[str, Entry] = {}
        self._by_age: list[tuple[int, int, str]] = []

    def put(self, key: str, value: str, ts_ms: int, now_ms: int) -> bool:
        """Store `value`, measured at `ts_ms`; return whether that took effect."""
        self._advance(now_ms)
        if self._expired(ts_ms):
            return False
        if key in self._entries:
            if ts_ms < self._entries[key].ts_ms:
                return False
        elif len(self._entries) == self._capacity and not self._make_room(ts_ms):
            return False
        self._puts += 1
        self._entries[key] = Entry(ts_ms, self._puts, value)
        heappush(self._by_age, (ts_ms, self._puts, key))
        if len(self._by_age) > 2 * len(self._entries):
            self._by_age = [(each.ts_ms, each.number, k) for k, each in self._entries.items()]
            heapify(self._by_age)
        return True

    def get(self, key: str, now_ms: int) -> str | None:
        """Return the value of `key`, None if it is absent or has expired."""
        self._advance(now_ms)
        entry = self._entries.get(key)
        return None if entry is None or self._expired(entry.ts_ms) else entry.value

    def sweep(self, now_ms: int) -> list[str]:
        """Drop all expired entries and return their keys, the oldest timestamp first."""
        self._advance(now_ms)
        dropped = []
        while self._entries and self._expired(self._oldest_ms()):
            dropped.append(self._drop_oldest())
        return dropped

    def __len__(self) -> int:
        """Return the number of entries held, expired ones included."""
        return len(self._entries)

    def _advance(self, now_ms: int) -> None:
        """Set the clock, unless that would turn it back."""
        self._now_ms = max(self._now_ms, now_ms)

    def _expired(self, ts_ms: int) -> bool:
        return self._now_ms - ts_ms >= self._max_age_ms

    def _make_room(self, ts_ms: int) -> bool:
        """Drop what has expired, else the oldest entry; tell whether one of `ts_ms` fits now."""
        if self.sweep(self._now_ms):
            return True
        if ts_ms < self._oldest_ms():
            return False
        self._drop_oldest()
        return True

    def _oldest_ms(self) -> int:
        """Return the oldest timestamp held, with its place on top of the heap."""
        while not self._is_current(*self._by_age[0]):
            heappop(self._by_age)
        return self._by_age[0][0]

    def _is_current(self, ts_ms: int, number: int, key: str) -> bool:
        return key in self._entries and self._entries[key].number == number

    def _drop_oldest(self) -> str:
        """Forget the entry whose place is on top of the heap and return its key."""
        key = heappop(self._by_age)[2]
        del self._entries[key]
        return key
