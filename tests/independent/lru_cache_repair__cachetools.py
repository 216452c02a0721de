"""lru_cache_repair by cachetools: its LRUCache keeps the order of use."""

import copy

import cachetools

PACKAGES = ("cachetools",)


class LRUCache:
    """The library's class under the kata's names."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}; it is at least 1")
        self._cache: cachetools.LRUCache[int, int] = cachetools.LRUCache(capacity)

    def get(self, key: int) -> int:
        return self._cache.get(key, -1)

    def put(self, key: int, value: int) -> None:
        self._cache[key] = value

    def items(self) -> list[tuple[int, int]]:
        rest = copy.copy(self._cache)
        oldest_first = [rest.popitem() for _ in range(len(rest))]
        return oldest_first[::-1]

    def __len__(self) -> int:
        return len(self._cache)
