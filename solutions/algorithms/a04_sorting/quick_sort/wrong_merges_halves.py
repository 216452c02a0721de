"""Misconception: divide and conquer is all the same.

Merge sort divides by place, not by a pivot, and equal items take it as long as others.
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


def quick_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    if len(items) < 2:
        return list(items)
    ask, middle = less or lt, len(items) // 2
    a, b = quick_sort(items[:middle], less), quick_sort(items[middle:], less)
    merged, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if ask(b[j], a[i]):
            merged.append(b[j])
            j += 1
        else:
            merged.append(a[i])
            i += 1
    return merged + a[i:] + b[j:]


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
