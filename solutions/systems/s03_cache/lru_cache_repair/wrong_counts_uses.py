"""Takes "least recently used" for "least often used" and drops the lowest count (LFU)."""

from collections import Counter, OrderedDict


class LRUCache:
    """Hold at most `capacity` entries; `_uses` counts how often each key was used."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(capacity)
        self._capacity = capacity
        self._entries: OrderedDict[int, int] = OrderedDict()
        self._uses: Counter[int] = Counter()

    def get(self, key: int) -> int:
        if key not in self._entries:
            return -1
        self._use(key)
        return self._entries[key]

    def put(self, key: int, value: int) -> None:
        if key not in self._entries and len(self._entries) == self._capacity:
            dropped = min(self._entries, key=self._uses.__getitem__)
            del self._entries[dropped], self._uses[dropped]
        self._entries[key] = value
        self._use(key)

    def items(self) -> list[tuple[int, int]]:
        return list(reversed(self._entries.items()))

    def __len__(self) -> int:
        return len(self._entries)

    def _use(self, key: int) -> None:
        self._uses[key] += 1
        self._entries.move_to_end(key)
