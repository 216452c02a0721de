"""Misconception: a recursive find with path compression needs no balance.

The first find of a long chain goes down all of it; Python stops after 1,000 calls.
"""


class DisjointSets:
    def __init__(self, n: int) -> None:
        if n < 0:
            raise ValueError(f"n must not be negative, not {n}")
        self._parent = list(range(n))
        self._size = [1] * n
        self._log: list[list[tuple[int, int]]] = []
        self._first: list[tuple[int, int]] = []

    def _set(self, x: int, parent: int) -> None:
        (self._log[-1] if self._log else self._first).append((x, self._parent[x]))
        self._parent[x] = parent

    def find(self, x: int) -> int:
        if not 0 <= x < len(self._parent):
            raise IndexError(f"there is no element {x}")
        if self._parent[x] == x:
            return x
        root = self.find(self._parent[x])
        if self._parent[x] != root:
            self._set(x, root)
        return root

    def union(self, a: int, b: int) -> bool:
        above, below = self.find(a), self.find(b)
        if above == below:
            return False
        self._log.append([])
        self._set(below, above)
        self._size[above] += self._size[below]
        return True

    def same(self, a: int, b: int) -> bool:
        return self.find(a) == self.find(b)

    def size(self, x: int) -> int:
        return self._size[self.find(x)]

    def count(self) -> int:
        return len(self._parent) - len(self._log)

    def snapshot(self) -> int:
        return len(self._log)

    def rollback(self, mark: int) -> None:
        if not 0 <= mark <= len(self._log):
            raise ValueError(f"{mark} is not between 0 and {len(self._log)}")
        while len(self._log) > mark:
            changes = self._log.pop()
            below, _ = changes[0]
            self._size[self._parent[below]] -= self._size[below]
            for x, parent in reversed(changes):
                self._parent[x] = parent
