"""An LRU cache on an ordered dict: every operation takes constant time."""

from collections import OrderedDict


class LRUCache:
    """Hold at most `capacity` entries; a hit and every `put` make a key the most recent one."""

    def __init__(self, capacity: int) -> None:
        """Make an empty cache; a capacity below 1 raises ValueError."""
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self._capacity = capacity
        self._entries: OrderedDict[int, int] = OrderedDict()  # least recently used first

    def get(self, key: int) -> int:
        """Return the value of `key` and count that as use; -1 if it is absent."""
        # Membership, not a default: -1 is also a value that may be stored.
        if key not in self._entries:
            return -1
        self._entries.move_to_end(key)
        return self._entries[key]

    def put(self, key: int, value: int) -> None:
        """Store `value` under `key`; a new key in a full cache drops the least recently used."""
        if key not in self._entries and len(self._entries) == self._capacity:
            self._entries.popitem(last=False)
        self._entries[key] = value
        self._entries.move_to_end(key)

    def items(self) -> list[tuple[int, int]]:
        """Return a new list of (key, value), most recently used first."""
        return list(reversed(self._entries.items()))

    def __len__(self) -> int:
        """Return the number of entries held."""
        return len(self._entries)
