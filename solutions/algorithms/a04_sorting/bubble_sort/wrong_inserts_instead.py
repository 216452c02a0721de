"""Misconception: moving each item down to its place is bubble sort.

That is insertion sort: the same swaps, other passes and other comparisons.
"""

from collections.abc import Callable, Iterator
from operator import lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _insert(items: list[Any], at: int, less: Less) -> int:
    swaps = 0
    while at and less(items[at], items[at - 1]):
        items[at - 1], items[at] = items[at], items[at - 1]
        at, swaps = at - 1, swaps + 1
    return swaps


def bubble_sort(items: list[Any], less: Less | None = None) -> tuple[list[Any], int, int]:
    items = list(items)
    made = [_insert(items, at, less or lt) for at in range(1, len(items))]
    return items, sum(made), sum(map(bool, made)) or min(1, len(made))


def bubble_passes(items: list[Any]) -> Iterator[list[Any]]:
    items = list(items)
    for at in range(1, len(items)):
        _insert(items, at, lt)
        yield list(items)
