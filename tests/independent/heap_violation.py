"""Independent solution of heap_violation: left and right children against parents, by slices."""

from itertools import islice


def first_violation(items: list[int]) -> int | None:
    """Return the smallest index whose value is below its parent's; None if there is none.

    The parent of index i is at (i - 1) // 2; index 0 has none. `items` is left as it was.
    """
    found: list[int] = []
    for first in (1, 2):  # where the left children begin, and the right ones
        pairs = zip(islice(items, first, None, 2), items, strict=False)
        place = next((p for p, (child, parent) in enumerate(pairs) if child < parent), None)
        if place is not None:
            found.append(2 * place + first)
    return min(found, default=None)
