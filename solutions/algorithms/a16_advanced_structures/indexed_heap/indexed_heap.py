"""Indexed heap: a binary heap in a list, and a dict that knows where each key stands."""

Entry = tuple[float, int, str | int]  # priority, number of the push, key


class IndexedHeap:
    """Keys with priorities; the least comes first, of equal ones the one pushed earlier."""

    def __init__(self) -> None:
        """Begin empty."""
        self._entries: list[Entry] = []  # none comes before its parent, at (place - 1) // 2
        self._place: dict[str | int, int] = {}
        self._pushed = 0

    def push(self, key: str | int, priority: float) -> None:
        """Add a key; one that is there already raises KeyError."""
        if key in self._place:
            raise KeyError(key)
        entry = (priority, self._pushed, key)  # the number differs, so keys are never compared
        self._pushed += 1
        self._entries.append(entry)
        self._settle(len(self._entries) - 1, entry)

    def pop(self) -> tuple[str | int, float]:
        """Take the first key out and return it with its priority; IndexError if there is none."""
        first = self.peek()
        self._take(0)
        return first

    def peek(self) -> tuple[str | int, float]:
        """Return the first key and its priority; IndexError if there is none."""
        if not self._entries:
            raise IndexError("the heap is empty")
        priority, _, key = self._entries[0]
        return key, priority

    def update(self, key: str | int, priority: float) -> None:
        """Give a key another priority; KeyError if it is not there."""
        place = self._place[key]
        self._settle(place, (priority, self._entries[place][1], key))

    def remove(self, key: str | int) -> float:
        """Take a key out and return its priority; KeyError if it is not there."""
        return self._take(self._place[key])

    def size(self) -> int:
        """Return how many keys there are."""
        return len(self._entries)

    def contains(self, key: str | int) -> bool:
        """Return whether a key is there."""
        return key in self._place

    def _take(self, place: int) -> float:
        """Take out what stands at a place, fill the gap with the last entry; return a priority."""
        priority, _, key = self._entries[place]
        last = self._entries.pop()
        del self._place[key]
        if place < len(self._entries):
            self._settle(place, last)
        return priority

    def _settle(self, place: int, entry: Entry) -> None:
        """Put an entry where it belongs, looking up and then down from a place that is free."""
        entries = self._entries
        while place > 0 and entry < entries[(place - 1) // 2]:
            self._put(place, entries[(place - 1) // 2])
            place = (place - 1) // 2
        while (child := 2 * place + 1) < len(entries):
            if child + 1 < len(entries) and entries[child + 1] < entries[child]:
                child += 1
            if entry < entries[child]:
                break
            self._put(place, entries[child])
            place = child
        self._put(place, entry)

    def _put(self, place: int, entry: Entry) -> None:
        """Write an entry to a place, in the list and in the dict at once."""
        self._entries[place] = entry
        self._place[entry[2]] = place
