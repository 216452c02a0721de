"""Misconception: what was merged is not needed any more.

The lists belong to the caller, who finds them empty.
"""

from collections.abc import Callable
from operator import lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _merge(a: list[Any], b: list[Any], less: Less) -> tuple[list[Any], int]:
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
    if len(items) < 2:
        return list(items), 0
    middle = len(items) // 2
    left, in_left = _sort(items[:middle], less)
    right, in_right = _sort(items[middle:], less)
    merged, across = _merge(left, right, less)
    return merged, in_left + in_right + across


def merge(a: list[Any], b: list[Any], less: Less | None = None) -> list[Any]:
    merged = _merge(a, b, less or lt)[0]
    a.clear()
    b.clear()
    return merged


def merge_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    return _sort(items, less or lt)[0]


def count_inversions(items: list[Any]) -> int:
    return _sort(items, lt)[1]
