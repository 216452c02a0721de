"""An LFU cache on one ordered group for each number of uses: every call takes constant time."""

from collections import OrderedDict


class LFUCache:
    """Hold at most `capacity` entries; the least frequently used one goes first.

    Between two calls each key stands in exactly one group, that of its number of uses; no group
    is empty; and `_least` is the smallest number that has a group, if there is any.
    """

    def __init__(self, capacity: int) -> None:
        """Make an empty cache; with capacity 0 it stores nothing, below 0 raises ValueError."""
        if capacity < 0:
            raise ValueError(f"capacity must not be negative, and is {capacity}")
        self._capacity = capacity
        self._uses: dict[int, int] = {}
        self._groups: dict[int, OrderedDict[int, int]] = {}  # in each: the last used is last
        self._least = 0

    def get(self, key: int) -> int:
        """Return the value of `key` and count a use; -1, and no change, if it is absent."""
        # Membership, not a default: -1 is also a value that may be stored.
        if key not in self._uses:
            return -1
        value = self._take_out(key)
        self._put_in(key, value, self._uses[key] + 1)
        return value

    def put(self, key: int, value: int) -> None:
        """Store `value` and count a use; a new key in a full cache drops the least used one."""
        if key in self._uses:
            self._take_out(key)
            self._put_in(key, value, self._uses[key] + 1)
        elif self._capacity > 0:
            if len(self._uses) == self._capacity:
                self._drop_one()
            self._least = 1
            self._put_in(key, value, 1)

    def frequency(self, key: int) -> int:
        """Return how often `key` was used since it came in, 0 if it is absent."""
        return self._uses.get(key, 0)

    def _take_out(self, key: int) -> int:
        """Take a key, about to be used, out of its group and return its value."""
        uses = self._uses[key]
        group = self._groups[uses]
        value = group.pop(key)
        if not group:
            del self._groups[uses]
            if self._least == uses:
                # The next number need not be searched: this very key goes there.
                self._least = uses + 1
        return value

    def _put_in(self, key: int, value: int, uses: int) -> None:
        """Make a key the last used one of the group with this number of uses."""
        self._uses[key] = uses
        self._groups.setdefault(uses, OrderedDict())[key] = value

    def _drop_one(self) -> None:
        """Forget the key that was used least often, and of these the longest ago."""
        group = self._groups[self._least]
        key, _ = group.popitem(last=False)
        del self._uses[key]
        if not group:
            del self._groups[self._least]
