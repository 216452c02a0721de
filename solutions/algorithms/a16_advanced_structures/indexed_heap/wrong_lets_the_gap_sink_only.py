"""Misconception: what fills a gap comes from the bottom, so it can only have to go down.

It comes from the bottom of another branch and may belong above the gap.
"""

Entry = tuple[float, int, str | int]


class IndexedHeap:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._place: dict[str | int, int] = {}
        self._pushed = 0

    def push(self, key: str | int, priority: float) -> None:
        if key in self._place:
            raise KeyError(key)
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
        place = self._place[key]
        self._settle(place, (priority, self._entries[place][1], key))

    def remove(self, key: str | int) -> float:
        return self._take(self._place[key])

    def size(self) -> int:
        return len(self._entries)

    def contains(self, key: str | int) -> bool:
        return key in self._place

    def _take(self, place: int) -> float:
        priority, _, key = self._entries[place]
        last = self._entries.pop()
        del self._place[key]
        if place < len(self._entries):
            self._sink(place, last)
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

    def _sink(self, place: int, entry: Entry) -> None:
        entries = self._entries
        while (child := (2 * place + 1)) < len(entries):
            if child + 1 < len(entries) and entries[child + 1] < entries[child]:
                child += 1
            if entry < entries[child]:
                break
            self._put(place, entries[child])
            place = child
        self._put(place, entry)

    def _put(self, place: int, entry: Entry) -> None:
        self._entries[place] = entry
        self._place[entry[2]] = place
