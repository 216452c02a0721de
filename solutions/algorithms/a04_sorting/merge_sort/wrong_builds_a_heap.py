"""Misconception: every n log n sort will do.

Heap sort asks twice on each level and does not keep ties in order.
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
    return _merge(a, b, less or lt)[0]


def _sink(heap: list[Any], at: int, end: int, less: Less) -> None:
    while (child := 2 * at + 1) < end:
        if child + 1 < end and less(heap[child], heap[child + 1]):
            child += 1
        if not less(heap[at], heap[child]):
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child


def merge_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    heap = list(items)
    for at in reversed(range(len(heap) // 2)):
        _sink(heap, at, len(heap), less or lt)
    for end in reversed(range(1, len(heap))):
        heap[0], heap[end] = heap[end], heap[0]
        _sink(heap, 0, end, less or lt)
    return heap


def count_inversions(items: list[Any]) -> int:
    return _sort(items, lt)[1]
