"""Misconception: to merge two sets, hang one of the two elements below the other.

An element that had a parent leaves its old set with all that is below it.
"""


class DisjointSets:
    def __init__(self, n: int) -> None:
        if n < 0:
            raise ValueError(f"n must not be negative, not {n}")
        self._parent = list(range(n))
        self._size = [1] * n
        self._linked: list[int] = []

    def find(self, x: int) -> int:
        if not 0 <= x < len(self._parent):
            raise IndexError(f"there is no element {x}")
        while self._parent[x] != x:
            x = self._parent[x]
        return x

    def union(self, a: int, b: int) -> bool:
        large, small = self.find(a), self.find(b)
        if large == small:
            return False
        if self._size[large] < self._size[small]:
            large, small = small, large
        self._parent[b] = a
        self._size[large] += self._size[small]
        self._linked.append(small)
        return True

    def same(self, a: int, b: int) -> bool:
        return self.find(a) == self.find(b)

    def size(self, x: int) -> int:
        return self._size[self.find(x)]

    def count(self) -> int:
        return len(self._parent) - len(self._linked)

    def snapshot(self) -> int:
        return len(self._linked)

    def rollback(self, mark: int) -> None:
        if not 0 <= mark <= len(self._linked):
            raise ValueError(f"{mark} is not between 0 and {len(self._linked)}")
        while len(self._linked) > mark:
            small = self._linked.pop()
            large = self._parent[small]
            self._size[large] -= self._size[small]
            self._parent[small] = small
