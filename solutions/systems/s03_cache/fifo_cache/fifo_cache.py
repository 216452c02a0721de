"""FIFO and second chance on an ordered dict: the line is the dict's own order."""

from collections import OrderedDict, deque


class FIFOCache:
    """Hold at most `capacity` entries in a line, and make room at its front.

    Marked keys are always in the line; without `second_chance` none is ever marked.
    """

    def __init__(self, capacity: int, second_chance: bool = False) -> None:
        """Make an empty cache; a capacity below 1 raises ValueError."""
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self._capacity = capacity
        self._second_chance = second_chance
        self._line: OrderedDict[str, str] = OrderedDict()
        self._marked: set[str] = set()

    def get(self, key: str) -> str | None:
        """Return the value of `key`, or None if it is absent."""
        if key not in self._line:
            return None
        self._use(key)
        return self._line[key]

    def put(self, key: str, value: str) -> None:
        """Replace the value of a known key in its place; put a new one at the end of the line."""
        if key in self._line:
            self._use(key)
        elif len(self._line) == self._capacity:
            self._drop_one()
        self._line[key] = value

    def keys(self) -> list[str]:
        """Return a new list of the keys, the front of the line first."""
        return list(self._line)

    def _use(self, key: str) -> None:
        """Remember until the key reaches the front that it was used."""
        if self._second_chance:
            self._marked.add(key)

    def _drop_one(self) -> None:
        """Drop the first unmarked entry; those before it lose their mark and join the end."""
        key, value = self._line.popitem(last=False)
        while key in self._marked:
            self._marked.remove(key)
            self._line[key] = value
            key, value = self._line.popitem(last=False)


def faults(refs: list[int], capacity: int) -> int:
    """Count the page faults of `refs` in `capacity` frames that are empty at first."""
    if capacity < 1:
        raise ValueError(f"capacity must be at least 1, not {capacity}")
    line: deque[int] = deque()
    loaded: set[int] = set()
    count = 0
    for page in refs:
        if page not in loaded:
            count += 1
            if len(line) == capacity:
                loaded.remove(line.popleft())
            line.append(page)
            loaded.add(page)
    return count
