"""Stamps every use with a counter and looks through all stamps for the oldest one."""

from itertools import count


class LRUCache:
    """Hold at most `capacity` entries; `_used_at` holds the number of each key's last use."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(capacity)
        self._capacity = capacity
        self._values: dict[int, int] = {}
        self._used_at: dict[int, int] = {}
        self._clock = count()

    def get(self, key: int) -> int:
        if key not in self._values:
            return -1
        self._used_at[key] = next(self._clock)
        return self._values[key]

    def put(self, key: int, value: int) -> None:
        if key not in self._values and len(self._values) == self._capacity:
            oldest = min(self._used_at, key=self._used_at.__getitem__)
            del self._values[oldest], self._used_at[oldest]
        self._values[key] = value
        self._used_at[key] = next(self._clock)

    def items(self) -> list[tuple[int, int]]:
        newest_first = sorted(self._used_at, key=self._used_at.__getitem__, reverse=True)
        return [(key, self._values[key]) for key in newest_first]

    def __len__(self) -> int:
        return len(self._values)
