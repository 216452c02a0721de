"""Reference for merge_sort: halves are sorted and merged; what lies across is counted there."""

from collections.abc import Callable
from operator import lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _merge(a: list[Any], b: list[Any], less: Less) -> tuple[list[Any], int]:
    """Return (the merged list, how many pairs of an item of `a` and a lesser one of `b`)."""
    merged, across, i, j = [], 0, 0, 0
    while i < len(a) and j < len(b):
        if less(b[j], a[i]):
            merged.append(b[j])
            j += 1
            across += len(a) - i
        else:
            merged.append(a[i])
            i += 1
    return merged + a[i:] + b[j:], across


def _sort(items: list[Any], less: Less) -> tuple[list[Any], int]:
    """Return (the items in order, the number of inversions)."""
    if len(items) < 2:
        return list(items), 0
    middle = len(items) // 2
    left, in_left = _sort(items[:middle], less)
    right, in_right = _sort(items[middle:], less)
    merged, across = _merge(left, right, less)
    return merged, in_left + in_right + across


def merge(a: list[Any], b: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items of two sorted lists in one sorted list; of equal ones a's come first."""
    return _merge(a, b, less or lt)[0]


def merge_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in order, equal ones as they stood; `items` is left as it was."""
    return _sort(items, less or lt)[0]


def count_inversions(items: list[Any]) -> int:
    """Return the number of positions i < j with items[j] < items[i]."""
    return _sort(items, lt)[1]
