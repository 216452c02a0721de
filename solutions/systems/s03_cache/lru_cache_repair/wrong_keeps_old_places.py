"""Moves a key by adding it at the new end and forgets to take it out of its old place."""


class LRUCache:
    """Hold at most `capacity` entries; `_line` names keys, least recently used first."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(capacity)
        self._capacity = capacity
        self._values: dict[int, int] = {}
        self._line: list[int] = []

    def get(self, key: int) -> int:
        if key not in self._values:
            return -1
        self._line.append(key)
        return self._values[key]

    def put(self, key: int, value: int) -> None:
        if key not in self._values and len(self._values) == self._capacity:
            self._drop_one()
        self._values[key] = value
        self._line.append(key)

    def items(self) -> list[tuple[int, int]]:
        newest_first = dict.fromkeys(reversed(self._line))
        return [(key, self._values[key]) for key in newest_first if key in self._values]

    def __len__(self) -> int:
        return len(self._values)

    def _drop_one(self) -> None:
        oldest = self._line.pop(0)
        while oldest not in self._values:
            oldest = self._line.pop(0)
        del self._values[oldest]
