"""Heap violation: read a list as a binary tree, and find where it is no min-heap."""


def first_violation(items: list[int]) -> int | None:
    """Return the smallest index whose value is below its parent's; None if there is none.

    The parent of index i is at (i - 1) // 2; index 0 has none. `items` is left as it was.
    """
    raise NotImplementedError
