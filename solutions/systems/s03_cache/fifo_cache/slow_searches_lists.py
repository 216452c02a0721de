"""Asks lists whether a key or a page is there: each miss walks through all of them."""


class FIFOCache:
    """Hold at most `capacity` entries in a line, and make room at its front."""

    def __init__(self, capacity: int, second_chance: bool = False) -> None:
        if capacity < 1:
            raise ValueError(capacity)
        self._capacity = capacity
        self._second_chance = second_chance
        self._line: list[str] = []
        self._values: dict[str, str] = {}
        self._marked: set[str] = set()

    def get(self, key: str) -> str | None:
        if key not in self._line:
            return None
        self._use(key)
        return self._values[key]

    def put(self, key: str, value: str) -> None:
        if key in self._line:
            self._use(key)
        else:
            if len(self._line) == self._capacity:
                self._drop_one()
            self._line.append(key)
        self._values[key] = value

    def keys(self) -> list[str]:
        return list(self._line)

    def _use(self, key: str) -> None:
        if self._second_chance:
            self._marked.add(key)

    def _drop_one(self) -> None:
        while self._line[0] in self._marked:
            self._marked.remove(self._line[0])
            self._line.append(self._line.pop(0))
        del self._values[self._line.pop(0)]


def faults(refs: list[int], capacity: int) -> int:
    if capacity < 1:
        raise ValueError(capacity)
    line: list[int] = []
    count = 0
    for page in refs:
        if page in line:
            continue
        count += 1
        if len(line) == capacity:
            line.pop(0)
        line.append(page)
    return count
