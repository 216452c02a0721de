"""lfu_cache by cachetools: its LFUCache chooses who goes; uses are counted beside it."""

import cachetools

PACKAGES = ("cachetools",)


class LFUCache:
    """The library's class under the kata's names."""

    def __init__(self, capacity: int) -> None:
        self._cache: cachetools.LFUCache[int, int] = cachetools.LFUCache(capacity)
        self._uses: dict[int, int] = {}

    def get(self, key: int) -> int:
        if key not in self._cache:
            return -1
        self._uses[key] += 1
        return self._cache[key]

    def put(self, key: int, value: int) -> None:
        if self._cache.maxsize == 0:
            return
        self._uses[key] = self.frequency(key) + 1
        self._cache[key] = value

    def frequency(self, key: int) -> int:
        return self._uses[key] if key in self._cache else 0
