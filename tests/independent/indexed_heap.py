"""Independent solution of indexed_heap: a knockout tournament over the waiting keys."""

Key = str | int
Entry = tuple[float, int, Key]


class IndexedHeap:
    """Keys with priorities; the key with the least priority is the first.

    Each key has a leaf of a complete binary tree; each inner node holds the better entry of its
    two children, the root the first of all. A change at a leaf replays the games above it. An
    entry is (priority, number of the push, key); numbers differ, so keys are never compared.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._leaves = 1
        self._nodes: list[Entry | None] = [None, None]
        self._free = [1]
        self._leaf: dict[Key, int] = {}
        self._pushes = 0

    def push(self, key: Key, priority: float) -> None:
        """Add a key; one that is there already raises KeyError, and nothing changes."""
        if key in self._leaf:
            raise KeyError(key)
        if not self._free:
            self._grow()
        leaf = self._free.pop()
        self._leaf[key] = leaf
        self._set(leaf, (priority, self._pushes, key))
        self._pushes += 1

    def pop(self) -> tuple[Key, float]:
        """Take the first key out, return (key, priority); IndexError if there is none."""
        key, priority = self.peek()
        self.remove(key)
        return key, priority

    def peek(self) -> tuple[Key, float]:
        """Return what `pop` would return, and leave it there; IndexError if there is none."""
        first = self._nodes[1]
        if first is None:
            raise IndexError("no key is there")
        return first[2], first[0]

    def update(self, key: Key, priority: float) -> None:
        """Give a key another priority, lower or higher; KeyError if it is not there.

        Among equal priorities it still counts when the key was pushed, not when it was updated.
        """
        leaf = self._leaf[key]
        _, pushed, stored = self._entry(leaf)
        self._set(leaf, (priority, pushed, stored))

    def remove(self, key: Key) -> float:
        """Take a key out and return its priority; KeyError if it is not there."""
        leaf = self._leaf.pop(key)
        priority = self._entry(leaf)[0]
        self._set(leaf, None)
        self._free.append(leaf)
        return priority

    def size(self) -> int:
        """Return how many keys there are."""
        return len(self._leaf)

    def contains(self, key: Key) -> bool:
        """Return whether a key is there."""
        return key in self._leaf

    def _entry(self, leaf: int) -> Entry:
        entry = self._nodes[leaf]
        assert entry is not None
        return entry

    def _set(self, node: int, entry: Entry | None) -> None:
        """Put an entry on a leaf and replay all games on the way up."""
        nodes = self._nodes
        nodes[node] = entry
        while node > 1:
            other = nodes[node ^ 1]
            if entry is None or (other is not None and other < entry):
                entry = other
            node >>= 1
            nodes[node] = entry

    def _grow(self) -> None:
        """Make the tree one level deeper: the old tree becomes the left half of the new one."""
        old, count = self._nodes, self._leaves
        nodes: list[Entry | None] = [None, old[1]]
        level = 1
        while level <= count:
            nodes += old[level : 2 * level]
            nodes += [None] * level
            level *= 2
        self._nodes = nodes
        self._leaves = 2 * count
        for key, leaf in self._leaf.items():
            self._leaf[key] = leaf + count
        self._free = list(range(4 * count - 1, 3 * count - 1, -1))
