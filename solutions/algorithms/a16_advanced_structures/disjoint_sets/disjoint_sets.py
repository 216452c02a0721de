"""Disjoint sets with undo: trees linked by size, and a log of what was linked."""


class DisjointSets:
    """A partition of 0 .. n-1 that is merged pair by pair, and unmerged in reverse."""

    def __init__(self, n: int) -> None:
        """Begin with n sets of one element each; a negative n raises ValueError."""
        if n < 0:
            raise ValueError(f"n must not be negative, not {n}")
        self._parent = list(range(n))  # a root is its own parent
        self._size = [1] * n  # of the tree; kept up to date for roots
        self._linked: list[int] = []  # roots that were hung below another one, oldest first

    def find(self, x: int) -> int:
        """Return the representative of the set of x."""
        if not 0 <= x < len(self._parent):
            raise IndexError(f"there is no element {x}")
        # No shortcuts are laid on the way: undo would have to take them back as well.
        while self._parent[x] != x:
            x = self._parent[x]
        return x

    def union(self, a: int, b: int) -> bool:
        """Merge the sets of a and b; return whether they were two."""
        large, small = self.find(a), self.find(b)
        if large == small:
            return False
        if self._size[large] < self._size[small]:
            large, small = small, large
        self._parent[small] = large
        self._size[large] += self._size[small]
        self._linked.append(small)
        return True

    def same(self, a: int, b: int) -> bool:
        """Return whether a and b are in the same set."""
        return self.find(a) == self.find(b)

    def size(self, x: int) -> int:
        """Return how many elements the set of x has."""
        return self._size[self.find(x)]

    def count(self) -> int:
        """Return how many sets there are."""
        return len(self._parent) - len(self._linked)

    def snapshot(self) -> int:
        """Return how many merges are in force."""
        return len(self._linked)

    def rollback(self, mark: int) -> None:
        """Take back the latest merges until `mark` are in force."""
        if not 0 <= mark <= len(self._linked):
            raise ValueError(f"{mark} is not between 0 and {len(self._linked)}")
        while len(self._linked) > mark:
            small = self._linked.pop()
            large = self._parent[small]
            self._size[large] -= self._size[small]
            self._parent[small] = small
