"""Heap sort: letting an item sink, building a heap, sorting with it, keeping the k largest.

A heap is a list in which no item at position i is less than those at 2i + 1 and 2i + 2.
"""

from collections.abc import Callable, Iterable
from typing import Any

Less = Callable[[Any, Any], bool]


def sift_down(heap: list[Any], i: int, less: Less | None = None) -> list[Any]:
    """Return a copy in which the item at `i` has sunk, so that the subtree at `i` is a heap.

    Both subtrees below `i` are heaps already. `less(x, y)` tells whether x goes before y; without
    it that is x < y.
    """
    raise NotImplementedError


def heapify(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items as a heap, the largest first, in a new list."""
    raise NotImplementedError


def heap_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in ascending order, in a new list; up to 30,000 items."""
    raise NotImplementedError


def k_largest(stream: Iterable[Any], k: int) -> list[Any]:
    """Return the k largest items, the largest first; all of them if there are fewer.

    Reads the stream once and keeps no more than k of its items. ValueError if k < 0.
    """
    raise NotImplementedError
