"""Misconception: an argument is mine to rearrange.

The caller finds their list in another order.
"""

from collections.abc import Callable, Iterator
from operator import lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _walk(items: list[Any], end: int, less: Less) -> tuple[int, int]:
    swaps = last = 0
    for at in range(end):
        if less(items[at + 1], items[at]):
            items[at], items[at + 1] = items[at + 1], items[at]
            swaps, last = swaps + 1, at
    return swaps, last


def bubble_sort(items: list[Any], less: Less | None = None) -> tuple[list[Any], int, int]:
    end = len(items) - 1
    swaps = passes = 0
    while end > 0:
        made, end = _walk(items, end, less or lt)
        swaps, passes = swaps + made, passes + 1
    return items, swaps, passes


def bubble_passes(items: list[Any]) -> Iterator[list[Any]]:
    items, end = list(items), len(items) - 1
    while end > 0:
        _, end = _walk(items, end, lt)
        yield list(items)
