"""Independent solution of lfu_cache, written from statement and stub alone."""

from collections import OrderedDict


class LFUCache:
    """Hold at most `capacity` entries and drop the least frequently used one to make room.

    A key is used by every `put` and by each `get` that finds it. Of several keys with the same
    number of uses the one whose last use is longest ago is dropped.
    """

    def __init__(self, capacity: int) -> None:
        """Make an empty cache; with capacity 0 it stores nothing, below 0 raises ValueError."""
        if capacity < 0:
            raise ValueError(f"capacity must not be negative: {capacity}")
        self._capacity = capacity
        self._frequency: dict[int, int] = {}
        # For each frequency that occurs: its keys with their values, last used longest ago first.
        self._groups: dict[int, OrderedDict[int, int]] = {}
        self._lowest = 0  # the lowest frequency that occurs; means nothing in an empty cache

    def get(self, key: int) -> int:
        """Return the value of `key` and count a use; -1, and no change, if it is absent."""
        if key not in self._frequency:
            return -1
        value = self._groups[self._frequency[key]][key]
        self._use(key, value)
        return value

    def put(self, key: int, value: int) -> None:
        """Store `value` under `key`, replacing an older value, and count a use.

        Only a new key in a full cache drops an entry, and never itself. A new key starts with
        one use, whether or not it was here before.
        """
        if key in self._frequency:
            self._use(key, value)
            return
        if self._capacity == 0:
            return
        if len(self._frequency) >= self._capacity:
            self._take_out(next(iter(self._groups[self._lowest])))
        self._put_in(key, value, 1)
        self._lowest = 1

    def frequency(self, key: int) -> int:
        """Return how often `key` was used since it came in, 0 if it is absent; this is no use."""
        return self._frequency.get(key, 0)

    def _use(self, key: int, value: int) -> None:
        """Count a use of a key that is there, and give it this value."""
        old = self._take_out(key)
        if old == self._lowest and old not in self._groups:
            self._lowest = old + 1
        self._put_in(key, value, old + 1)

    def _take_out(self, key: int) -> int:
        """Remove a key that is there, and its group if that is empty now; return its frequency."""
        frequency = self._frequency.pop(key)
        group = self._groups[frequency]
        del group[key]
        if not group:
            del self._groups[frequency]
        return frequency

    def _put_in(self, key: int, value: int, frequency: int) -> None:
        """Add a key that is not there, as the last one used of its frequency."""
        self._frequency[key] = frequency
        self._groups.setdefault(frequency, OrderedDict())[key] = value
