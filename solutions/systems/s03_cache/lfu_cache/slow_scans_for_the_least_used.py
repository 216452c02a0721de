"""Keeps uses and last moment for each key and looks through all of them for a victim."""


class LFUCache:
    """Hold at most `capacity` entries; `_order` ranks the keys that may be dropped."""

    def __init__(self, capacity: int) -> None:
        if capacity < 0:
            raise ValueError(capacity)
        self._capacity = capacity
        self._values: dict[int, int] = {}
        self._order: dict[int, tuple[int, int]] = {}  # uses, moment
        self._moment = 0

    def get(self, key: int) -> int:
        if key not in self._values:
            return -1
        self._use(key)
        return self._values[key]

    def put(self, key: int, value: int) -> None:
        if self._capacity == 0:
            return
        if key not in self._values and len(self._values) == self._capacity:
            gone = min(self._order, key=self._order.__getitem__)
            del self._values[gone], self._order[gone]
        self._values[key] = value
        self._use(key)

    def frequency(self, key: int) -> int:
        return self._order[key][0] if key in self._order else 0

    def _use(self, key: int) -> None:
        self._moment += 1
        self._order[key] = (self.frequency(key) + 1, self._moment)
