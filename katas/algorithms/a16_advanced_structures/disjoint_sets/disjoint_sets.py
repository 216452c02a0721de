"""Disjoint sets: merge sets of integers, ask who belongs together, and undo merges."""


class DisjointSets:
    """A partition of the elements 0 .. n-1 into disjoint sets.

    An argument that should be an element and is not in 0 .. n-1 raises IndexError, negative ones
    included; nothing changes then.
    """

    def __init__(self, n: int) -> None:
        """Begin with n sets of one element each; n may be 0, a negative n raises ValueError."""
        raise NotImplementedError

    def find(self, x: int) -> int:
        """Return the representative of the set of x: an element of it, the same for all of them.

        Which element that is may change with a merge or a rollback, never in between.
        """
        raise NotImplementedError

    def union(self, a: int, b: int) -> bool:
        """Merge the sets of a and b; return False, and change nothing, if they are one already."""
        raise NotImplementedError

    def same(self, a: int, b: int) -> bool:
        """Return whether a and b are in the same set."""
        raise NotImplementedError

    def size(self, x: int) -> int:
        """Return how many elements the set of x has."""
        raise NotImplementedError

    def count(self) -> int:
        """Return how many sets there are."""
        raise NotImplementedError

    def snapshot(self) -> int:
        """Return how many merges are in force: unions that returned True and were not undone."""
        raise NotImplementedError

    def rollback(self, mark: int) -> None:
        """Undo the latest merges, the last one first, until exactly `mark` are in force.

        A mark below 0 or above `snapshot()` raises ValueError; nothing changes then.
        """
        raise NotImplementedError
