"""Misconception: a dict of priorities is enough, for min finds the first.

It looks at every key for every pop; the order that was found is thrown away each time.
"""


class IndexedHeap:
    def __init__(self) -> None:
        self._priority: dict[str | int, float] = {}
        self._number: dict[str | int, int] = {}
        self._pushed = 0

    def push(self, key: str | int, priority: float) -> None:
        if key in self._priority:
            raise KeyError(key)
        self._priority[key] = priority
        self._number[key] = self._pushed
        self._pushed += 1

    def pop(self) -> tuple[str | int, float]:
        key, priority = self.peek()
        self.remove(key)
        return key, priority

    def peek(self) -> tuple[str | int, float]:
        if not self._priority:
            raise IndexError("the heap is empty")
        key = min(self._priority, key=lambda each: (self._priority[each], self._number[each]))
        return key, self._priority[key]

    def update(self, key: str | int, priority: float) -> None:
        if key not in self._priority:
            raise KeyError(key)
        self._priority[key] = priority

    def remove(self, key: str | int) -> float:
        del self._number[key]
        return self._priority.pop(key)

    def size(self) -> int:
        return len(self._priority)

    def contains(self, key: str | int) -> bool:
        return key in self._priority
