"""Keeps the order in a list: every use searches for the key and shifts what lies behind it."""


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
        self._line.remove(key)
        self._line.append(key)
        return self._values[key]

    def put(self, key: int, value: int) -> None:
        if key in self._values:
            self._line.remove(key)
        elif len(self._values) == self._capacity:
            del self._values[self._line.pop(0)]
        self._values[key] = value
        self._line.append(key)

    def items(self) -> list[tuple[int, int]]:
        return [(key, self._values[key]) for key in reversed(self._line)]

    def __len__(self) -> int:
        return len(self._values)
