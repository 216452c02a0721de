"""Independent solution of bubble_sort: passes that carry the greatest item instead of swapping.

A pass lifts the first item out and walks to the right. A smaller item steps into the gap; at one
that is not smaller, the carried item is put down and that one is carried on. This is what swapping
neighbours does, with one write for each pair.
"""

import operator
from collections.abc import Callable, Iterator
from typing import Any

Less = Callable[[Any, Any], bool]


def _run(row: list[Any], less: Less) -> Iterator[int]:
    """Sort `row` in place pass by pass; yield the number of swaps after each pass."""
    pairs = len(row) - 1
    while pairs > 0:
        swaps = last_swap = 0
        carried = row[0]
        for gap in range(pairs):
            item = row[gap + 1]
            if less(item, carried):
                row[gap] = item
                swaps += 1
                last_swap = gap
            else:
                row[gap] = carried
                carried = item
        row[pairs] = carried
        pairs = last_swap
        yield swaps


def bubble_sort(items: list[Any], less: Less | None = None) -> tuple[list[Any], int, int]:
    """Return (a sorted copy of `items`, number of swaps, number of passes).

    `less(right, left)` is asked once for each pair that a pass looks at; without `less` it is
    `right < left`.
    """
    row = list(items)
    swaps = passes = 0
    for swapped in _run(row, operator.lt if less is None else less):
        swaps += swapped
        passes += 1
    return row, swaps, passes


def bubble_passes(items: list[Any]) -> Iterator[list[Any]]:
    """Yield the items as they stand after each pass, every time in a new list."""
    row = list(items)
    return (list(row) for _ in _run(row, operator.lt))
