"""Reference for heap_sort: one loop that lets an item sink in place does all the work."""

from collections.abc import Callable, Iterable
from operator import gt, lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _sink(heap: list[Any], at: int, end: int, less: Less) -> None:
    """Let the item at `at` sink, in place, within the first `end` positions."""
    item = heap[at]
    while (child := 2 * at + 1) < end:
        if child + 1 < end and less(heap[child], heap[child + 1]):
            child += 1
        if not less(item, heap[child]):
            break
        heap[at], at = heap[child], child
    heap[at] = item


def _build(heap: list[Any], less: Less) -> None:
    """Make `heap` a heap, in place: the last parent sinks first, the root last."""
    for at in reversed(range(len(heap) // 2)):
        _sink(heap, at, len(heap), less)


def _drain(heap: list[Any], less: Less) -> list[Any]:
    """Sort a heap in place: its root goes behind what is left of it; return it."""
    for end in reversed(range(1, len(heap))):
        heap[0], heap[end] = heap[end], heap[0]
        _sink(heap, 0, end, less)
    return heap


def sift_down(heap: list[Any], i: int, less: Less | None = None) -> list[Any]:
    """Return a copy in which the item at `i` has sunk, so that the subtree at `i` is a heap."""
    heap = list(heap)
    _sink(heap, i, len(heap), less or lt)
    return heap


def heapify(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items as a heap, the largest first, in a new list."""
    heap = list(items)
    _build(heap, less or lt)
    return heap


def heap_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in ascending order, in a new list."""
    return _drain(heapify(items, less), less or lt)


def k_largest(stream: Iterable[Any], k: int) -> list[Any]:
    """Return the k largest items, the largest first; all of them if there are fewer."""
    if k < 0:
        raise ValueError(f"k is {k}; it is 0 or more")
    kept: list[Any] = []  # the first k items, from then on a heap with the smallest on top
    for item in stream:
        if len(kept) < k:
            kept.append(item)
            if len(kept) == k:
                _build(kept, gt)
        elif k and item > kept[0]:
            kept[0] = item
            _sink(kept, 0, k, gt)
    _build(kept, gt)
    return _drain(kept, gt)
