"""An LRU cache as it went into production: faulty code, yours to repair.

The docstrings say what each method must do; the bodies do something else. Keep the names and
signatures, change anything behind them.
"""


class LRUCache:
    """Hold at most `capacity` entries and drop the least recently used one to make room.

    A key is used by every `put` and by each `get` that finds it. Nothing else counts as use.
    """

    def __init__(self, capacity: int) -> None:
        """Make an empty cache; a capacity below 1 raises ValueError."""
        self._capacity = capacity
        self._values: dict[int, int] = {}
        self._line: list[int] = []  # keys, most recently used first

    def get(self, key: int) -> int:
        """Return the value of `key` and count that as use; -1, and no change, if it is absent."""
        if key not in self._values:
            return -1
        self._move_to_front(key)
        return self._values[key]

    def put(self, key: int, value: int) -> None:
        """Store `value` under `key`, replacing an older value.

        Only a new key in a full cache drops an entry: the least recently used one.
        """
        if key in self._values:
            self._values[key] = value
            self._move_to_front(key)
            return
        if len(self._line) == self._capacity:
            dropped = self._line.pop()
            del self._values[dropped]
        self._values[key] = value
        self._line.append(key)

    def items(self) -> list[tuple[int, int]]:
        """Return a new list of (key, value), most recently used first; this is not use."""
        return [(key, self._values[key]) for key in self._line]

    def __len__(self) -> int:
        """Return the number of entries held."""
        return len(self._values)

    def _move_to_front(self, key: int) -> None:
        """Take `key` out of the line and put it back at the front."""
        others = self._line[:1] + self._line[1:]
        self._line = [key, *others]
