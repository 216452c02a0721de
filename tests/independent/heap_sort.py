"""Independent solution of heap_sort: a hole falls to a leaf first, then the item climbs back.

A heap is a list in which no item at position i is less than those at 2i + 1 and 2i + 2.
"""

from collections.abc import Callable, Iterable
from operator import gt, lt
from typing import Any

Less = Callable[[Any, Any], bool]


def _settle(heap: list[Any], top: int, size: int, item: Any, less: Less) -> None:
    """Put `item` into the hole at `top` of the first `size` places; below it are heaps."""
    hole = top
    right = 2 * hole + 2
    while right < size:
        larger = right if less(heap[right - 1], heap[right]) else right - 1
        heap[hole] = heap[larger]
        hole = larger
        right = 2 * hole + 2
    if right == size:  # a left child alone
        heap[hole] = heap[right - 1]
        hole = right - 1
    while hole > top:
        parent = (hole - 1) // 2
        if less(item, heap[parent]):
            break
        heap[hole] = heap[parent]
        hole = parent
    heap[hole] = item


def _build(heap: list[Any], less: Less) -> None:
    """Make a heap of the list itself."""
    for top in range(len(heap) // 2 - 1, -1, -1):
        _settle(heap, top, len(heap), heap[top], less)


def sift_down(heap: list[Any], i: int, less: Less | None = None) -> list[Any]:
    """Return a copy in which the item at `i` has sunk, so that the subtree at `i` is a heap.

    Both subtrees below `i` are heaps already. `less(x, y)` tells whether x goes before y; without
    it that is x < y.
    """
    result = list(heap)
    _settle(result, i, len(result), result[i], lt if less is None else less)
    return result


def heapify(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items as a heap, the largest first, in a new list."""
    result = list(items)
    _build(result, lt if less is None else less)
    return result


def heap_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in ascending order, in a new list; up to 30,000 items."""
    goes_before: Less = lt if less is None else less
    result = list(items)
    _build(result, goes_before)
    for last in range(len(result) - 1, 0, -1):
        item = result[last]
        result[last] = result[0]
        _settle(result, 0, last, item, goes_before)
    return result


def k_largest(stream: Iterable[Any], k: int) -> list[Any]:
    """Return the k largest items, the largest first; all of them if there are fewer.

    Reads the stream once and keeps no more than k of its items. ValueError if k < 0.
    """
    if k < 0:
        raise ValueError("k is negative")
    if k == 0:
        return []
    kept: list[Any] = []  # once it is full: a heap with the smallest item on top
    for item in stream:
        if len(kept) < k:
            kept.append(item)
            if len(kept) == k:
                _build(kept, gt)
        elif kept[0] < item:
            _settle(kept, 0, k, item, gt)
    return heap_sort(kept, gt)
