"""Misconception: any sort that swaps is bubble sort.

Selection sort swaps items that are far apart, at most one pair a pass, and is not stable.
"""

from collections.abc import Callable, Iterator
from operator import lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _select(items: list[Any], start: int, less: Less) -> bool:
    least = start
    for at in range(start + 1, len(items)):
        if less(items[at], items[least]):
            least = at
    items[start], items[least] = items[least], items[start]
    return least != start


def bubble_sort(items: list[Any], less: Less | None = None) -> tuple[list[Any], int, int]:
    items = list(items)
    made = [_select(items, start, less or lt) for start in range(len(items) - 1)]
    return items, sum(made), len(made)


def bubble_passes(items: list[Any]) -> Iterator[list[Any]]:
    items = list(items)
    for start in range(len(items) - 1):
        _select(items, start, lt)
        yield list(items)
