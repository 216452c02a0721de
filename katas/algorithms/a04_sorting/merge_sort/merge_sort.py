"""Merge sort: merging two sorted lists, sorting by halves, counting inversions on the way."""

from collections.abc import Callable
from typing import Any

Less = Callable[[Any, Any], bool]


def merge(a: list[Any], b: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items of two sorted lists in one sorted list; of equal ones a's come first.

    `less(x, y)` tells whether x goes before y; without it that is x < y.
    """
    raise NotImplementedError


def merge_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in order, equal ones as they stood; `items` is left as it was."""
    raise NotImplementedError


def count_inversions(items: list[Any]) -> int:
    """Return the number of positions i < j with items[j] < items[i]; up to 30,000 items."""
    raise NotImplementedError
