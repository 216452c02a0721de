"""Independent solution of fifo_cache, written from statement and stub alone."""

from collections import OrderedDict, deque


def _check_capacity(capacity: int) -> None:
    """Raise ValueError for a capacity below 1."""
    if capacity < 1:
        raise ValueError(f"capacity must be at least 1, not {capacity}")


class FIFOCache:
    """Hold at most `capacity` entries in a line, and make room at its front.

    With `second_chance`, use marks an entry; a marked one at the front loses its mark and goes
    to the end of the line instead of being dropped.
    """

    def __init__(self, capacity: int, second_chance: bool = False) -> None:
        """Make an empty cache; a capacity below 1 raises ValueError."""
        _check_capacity(capacity)
        self._capacity = capacity
        self._second_chance = second_chance
        self._line: OrderedDict[str, str] = OrderedDict()  # the front first
        self._marked: set[str] = set()  # stays empty without second chance

    def get(self, key: str) -> str | None:
        """Return the value of `key`, or None if it is absent; finding it is use."""
        if key not in self._line:
            return None
        self._use(key)
        return self._line[key]

    def put(self, key: str, value: str) -> None:
        """Store `value` under `key`.

        A known key keeps its place and gets the new value, which is use; a new one joins the end
        of the line without a mark, after room was made for it if the cache is full.
        """
        if key in self._line:
            self._use(key)
        elif len(self._line) >= self._capacity:
            self._drop_one()
        self._line[key] = value  # an OrderedDict leaves a known key where it is

    def keys(self) -> list[str]:
        """Return a new list of the keys, the front of the line first."""
        return list(self._line)

    def _use(self, key: str) -> None:
        if self._second_chance:
            self._marked.add(key)

    def _drop_one(self) -> None:
        """Drop the first entry without a mark; those before it go to the end without theirs."""
        front = next(iter(self._line))
        while front in self._marked:
            self._marked.remove(front)
            self._line.move_to_end(front)
            front = next(iter(self._line))
        del self._line[front]


def faults(refs: list[int], capacity: int) -> int:
    """Count the page faults of the references `refs` in `capacity` frames under plain FIFO.

    The frames are empty at first. A capacity below 1 raises ValueError.
    """
    _check_capacity(capacity)
    resident: set[int] = set()
    line: deque[int] = deque()  # the resident pages, the one that was loaded first in front
    count = 0
    for page in refs:
        if page in resident:
            continue
        count += 1
        if len(line) == capacity:
            resident.remove(line.popleft())
        line.append(page)
        resident.add(page)
    return count
