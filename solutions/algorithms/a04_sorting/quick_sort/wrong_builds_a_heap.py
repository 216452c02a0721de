"""Misconception: an n log n sort that is not stable is a quicksort.

A heap has no pivot: no item meets all the others.
"""

import random
from collections.abc import Callable
from operator import lt
from typing import Any

Less = Callable[[Any, Any], bool]


def partition3(
    items: list[Any], pivot: Any, less: Less | None = None
) -> tuple[list[Any], list[Any], list[Any]]:
    ask = less or lt
    before, equal, behind = [], [], []
    for item in items:
        if ask(item, pivot):
            before.append(item)
        elif ask(pivot, item):
            behind.append(item)
        else:
            equal.append(item)
    return before, equal, behind


def _sink(heap: list[Any], at: int, end: int, less: Less) -> None:
    while (child := 2 * at + 1) < end:
        if child + 1 < end and less(heap[child], heap[child + 1]):
            child += 1
        if not less(heap[at], heap[child]):
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child


def quick_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    heap = list(items)
    for at in reversed(range(len(heap) // 2)):
        _sink(heap, at, len(heap), less or lt)
    for end in reversed(range(1, len(heap))):
        heap[0], heap[end] = heap[end], heap[0]
        _sink(heap, 0, end, less or lt)
    return heap


def quick_select(items: list[Any], k: int, less: Less | None = None) -> Any:
    if not 0 <= k < len(items):
        raise IndexError(f"position {k} of {len(items)} items")
    while True:
        before, equal, behind = partition3(items, random.choice(items), less)
        if k < len(before):
            items = before
        elif k < len(before) + len(equal):
            return equal[k - len(before)]
        else:
            items, k = behind, k - len(before) - len(equal)
