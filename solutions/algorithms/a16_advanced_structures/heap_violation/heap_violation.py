"""Heap violation: the first place at which a list is no min-heap."""


def first_violation(items: list[int]) -> int | None:
    """Return the smallest index whose value is below its parent's; None if there is none."""
    for index in range(1, len(items)):
        if items[index] < items[(index - 1) // 2]:
            return index
    return None
