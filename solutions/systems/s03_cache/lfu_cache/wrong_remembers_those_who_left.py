"""Keeps the count of a dropped key, so that it comes back as popular as it went."""

from collections import OrderedDict


class LFUCache:
    """Hold at most `capacity` entries, in one ordered group for each number of uses."""

    def __init__(self, capacity: int) -> None:
        if capacity < 0:
            raise ValueError(capacity)
        self._capacity = capacity
        self._uses: dict[int, int] = {}
        self._groups: dict[int, OrderedDict[int, int]] = {}
        self._least = 0
        self._left: dict[int, int] = {}

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
            uses = self._left.pop(key, 0) + 1
            self._least = min([*self._groups, uses])
            self._put_in(key, value, uses)

    def frequency(self, key: int) -> int:
        return self._uses.get(key, 0)

    def _take_out(self, key: int) -> int:
        uses = self._uses[key]
        group = self._groups[uses]
        value = group.pop(key)
        if not group:
            del self._groups[uses]
            if self._least == uses:
                self._least = uses + 1
        return value

    def _put_in(self, key: int, value: int, uses: int) -> None:
        self._uses[key] = uses
        self._groups.setdefault(uses, OrderedDict())[key] = value

    def _drop_one(self) -> None:
        group = self._groups[self._least]
        key, _ = group.popitem(last=False)
        self._left[key] = self._uses.pop(key)
        if not group:
            del self._groups[self._least]
