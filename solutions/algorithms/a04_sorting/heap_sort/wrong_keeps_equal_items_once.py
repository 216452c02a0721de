"""Misconception: the k largest are k different values.

Equal items are items; a set forgets how many there are.
"""

from collections.abc import Callable, Iterable
from operator import gt, lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _sink(heap: list[Any], at: int, end: int, less: Less) -> None:
    item = heap[at]
    while (child := 2 * at + 1) < end:
        if child + 1 < end and less(heap[child], heap[child + 1]):
            child += 1
        if not less(item, heap[child]):
            break
        heap[at], at = heap[child], child
    heap[at] = item


def _build(heap: list[Any], less: Less) -> None:
    for at in reversed(range(len(heap) // 2)):
        _sink(heap, at, len(heap), less)


def _drain(heap: list[Any], less: Less) -> list[Any]:
    for end in reversed(range(1, len(heap))):
        heap[0], heap[end] = heap[end], heap[0]
        _sink(heap, 0, end, less)
    return heap


def sift_down(heap: list[Any], i: int, less: Less | None = None) -> list[Any]:
    heap = list(heap)
    _sink(heap, i, len(heap), less or lt)
    return heap


def heapify(items: list[Any], less: Less | None = None) -> list[Any]:
    heap = list(items)
    _build(heap, less or lt)
    return heap


def heap_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    return _drain(heapify(items, less), less or lt)


def k_largest(stream: Iterable[Any], k: int) -> list[Any]:
    if k < 0:
        raise ValueError(f"k is {k}; it is 0 or more")
    kept: list[Any] = []
    for item in stream:
        if item in kept:
            continue
        if len(kept) < k:
            kept.append(item)
            if len(kept) == k:
                _build(kept, gt)
        elif k and item > kept[0]:
            kept[0] = item
            _sink(kept, 0, k, gt)
    _build(kept, gt)
    return _drain(kept, gt)
