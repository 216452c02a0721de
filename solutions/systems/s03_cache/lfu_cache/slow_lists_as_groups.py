"""Keeps each group in a list, so that every use searches it for its key."""


class LFUCache:
    """Hold at most `capacity` entries, in one list for each number of uses."""

    def __init__(self, capacity: int) -> None:
        if capacity < 0:
            raise ValueError(capacity)
        self._capacity = capacity
        self._uses: dict[int, int] = {}
        self._values: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}
        self._least = 0

    def get(self, key: int) -> int:
        if key not in self._uses:
            return -1
        value = self._take_out(key)
        self._put_in(key, value, self._uses[key] + 1)
        return value

    def put(self, key: int, value: int) -> None:
        if key in self._uses:
            self._take_out(key)
            self._put_in(key, value, self._uses[key] + 1)
        elif self._capacity > 0:
            if len(self._uses) == self._capacity:
                self._drop_one()
            self._least = 1
            self._put_in(key, value, 1)

    def frequency(self, key: int) -> int:
        return self._uses.get(key, 0)

    def _take_out(self, key: int) -> int:
        uses = self._uses[key]
        group = self._groups[uses]
        group.remove(key)
        if not group:
            del self._groups[uses]
            if self._least == uses:
                self._least = uses + 1
        return self._values[key]

    def _put_in(self, key: int, value: int, uses: int) -> None:
        self._uses[key] = uses
        self._values[key] = value
        self._groups.setdefault(uses, []).append(key)

    def _drop_one(self) -> None:
        group = self._groups[self._least]
        key = group.pop(0)
        del self._uses[key], self._values[key]
        if not group:
            del self._groups[self._least]
