"""Moves a marked entry to the end with its mark: where all are marked, the search never ends."""

from collections import OrderedDict, deque


class FIFOCache:
    """Hold at most `capacity` entries in a line, and make room at its front."""

    def __init__(self, capacity: int, second_chance: bool = False) -> None:
        if capacity < 1:
            raise ValueError(capacity)
        self._capacity = capacity
        self._second_chance = second_chance
        self._line: OrderedDict[str, str] = OrderedDict()
        self._marked: set[str] = set()

    def get(self, key: str) -> str | None:
        if key not in self._line:
            return None
        self._use(key)
        return self._line[key]

    def put(self, key: str, value: str) -> None:
        if key in self._line:
            self._use(key)
        elif len(self._line) == self._capacity:
            self._drop_one()
        self._line[key] = value

    def keys(self) -> list[str]:
        return list(self._line)

    def _use(self, key: str) -> None:
        if self._second_chance:
            self._marked.add(key)

    def _drop_one(self) -> None:
        key, value = self._line.popitem(last=False)
        while key in self._marked:
            self._line[key] = value
            key, value = self._line.popitem(last=False)


def faults(refs: list[int], capacity: int) -> int:
    if capacity < 1:
        raise ValueError(capacity)
    line: deque[int] = deque()
    loaded: set[int] = set()
    count = 0
    for page in refs:
        if page in loaded:
            continue
        count += 1
        if len(line) == capacity:
            loaded.remove(line.popleft())
        line.append(page)
        loaded.add(page)
    return count
