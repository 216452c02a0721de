"""Lists the entries through `get`, so that looking at the cache turns its order round."""

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
        if key not in self._entries and len(self._entries) == self._capacity:
            self._entries.popitem(last=False)
        self._entries[key] = value
        self._entries.move_to_end(key)

    def items(self) -> list[tuple[int, int]]:
        return [(key, self.get(key)) for key in list(reversed(self._entries))]

    def __len__(self) -> int:
        return len(self._entries)
