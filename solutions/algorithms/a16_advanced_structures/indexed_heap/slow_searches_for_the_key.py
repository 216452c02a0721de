"""Misconception: in a heap a key can be found quickly.

Only the way from a key to the root is ordered; whoever has no list of places looks at all of them.
"""

Entry = tuple[float, int, str | int]


class IndexedHeap:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._known: set[str | int] = set()
        self._pushed = 0

    def push(self, key: str | int, priority: float) -> None:
        if key in self._known:
            raise KeyError(key)
        self._known.add(key)
        entry = priority, self._pushed, key
        self._pushed += 1
        self._entries.append(entry)
        self._settle(len(self._entries) - 1, entry)

    def pop(self) -> tuple[str | int, float]:
        first = self.peek()
        self._take(0)
        return first

    def peek(self) -> tuple[str | int, float]:
        if not self._entries:
            raise IndexError("the heap is empty")
        priority, _, key = self._entries[0]
        return key, priority

    def update(self, key: str | int, priority: float) -> None:
        place = self._find(key)
        self._settle(place, (priority, self._entries[place][1], key))

    def remove(self, key: str | int) -> float:
        return self._take(self._find(key))

    def size(self) -> int:
        return len(self._entries)

    def contains(self, key: str | int) -> bool:
        return key in self._known

    def _take(self, place: int) -> float:
        priority, _, key = self._entries[place]
        last = self._entries.pop()
        self._known.remove(key)
        if place < len(self._entries):
            self._settle(place, last)
        return priority

    def _settle(self, place: int, entry: Entry) -> None:
        entries = self._entries
        while place > 0 and entry < entries[(place - 1) // 2]:
            self._put(place, entries[(place - 1) // 2])
            place = (place - 1) // 2
        while (child := (2 * place + 1)) < len(entries):
            if child + 1 < len(entries) and entries[child + 1] < entries[child]:
                child += 1
            if entry < entries[child]:
                break
            self._put(place, entries[child])
            place = child
        self._put(place, entry)

    def _find(self, key: str | int) -> int:
        for place, entry in enumerate(self._entries):
            if entry[2] == key:
                return place
        raise KeyError(key)

    def _put(self, place: int, entry: Entry) -> None:
        self._entries[place] = entry
