"""Independent solution of disjoint_sets: trees linked by height, with a log of the links."""


class DisjointSets:
    """A partition of the elements 0 .. n-1 into disjoint sets.

    Trees are linked by height and never flattened, so that a link is undone by cutting it. An
    argument that should be an element and is not in 0 .. n-1 raises IndexError, negative ones
    included; nothing changes then.
    """

    def __init__(self, n: int) -> None:
        """Begin with n sets of one element each; n may be 0, a negative n raises ValueError."""
        if n < 0:
            raise ValueError(f"the number of elements is negative: {n}")
        self._parent = list(range(n))
        self._height = [0] * n
        self._size = [1] * n
        self._log: list[tuple[int, int]] = []

    def find(self, x: int) -> int:
        """Return the representative of the set of x: an element of it, the same for all of them.

        Which element that is may change with a merge or a rollback, never in between.
        """
        parent = self._parent
        if not 0 <= x < len(parent):
            raise IndexError(f"{x} is no element")
        while parent[x] != x:
            x = parent[x]
        return x

    def union(self, a: int, b: int) -> bool:
        """Merge the sets of a and b; return False, and change nothing, if they are one already."""
        low, high = self.find(a), self.find(b)
        if low == high:
            return False
        if self._height[low] > self._height[high]:
            low, high = high, low
        self._log.append((low, self._height[high]))
        self._parent[low] = high
        self._size[high] += self._size[low]
        self._height[high] = max(self._height[high], self._height[low] + 1)
        return True

    def same(self, a: int, b: int) -> bool:
        """Return whether a and b are in the same set."""
        return self.find(a) == self.find(b)

    def size(self, x: int) -> int:
        """Return how many elements the set of x has."""
        return self._size[self.find(x)]

    def count(self) -> int:
        """Return how many sets there are."""
        return len(self._parent) - len(self._log)

    def snapshot(self) -> int:
        """Return how many merges are in force: unions that returned True and were not undone."""
        return len(self._log)

    def rollback(self, mark: int) -> None:
        """Undo the latest merges, the last one first, until exactly `mark` are in force.

        A mark below 0 or above `snapshot()` raises ValueError; nothing changes then.
        """
        if not 0 <= mark <= len(self._log):
            raise ValueError(f"{mark} is no mark: {len(self._log)} merges are in force")
        while len(self._log) > mark:
            low, height = self._log.pop()
            high = self._parent[low]
            self._parent[low] = low
            self._size[high] -= self._size[low]
            self._height[high] = height
