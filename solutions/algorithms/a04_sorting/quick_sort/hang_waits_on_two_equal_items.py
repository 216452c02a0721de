"""Misconception: the two pointers of Hoare's partition stop at items equal to the pivot and stay.

Both stand on an equal item, are swapped, and nobody moves on.
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
    items, ask = list(items), less or lt
    waiting = [(0, len(items) - 1)]
    while waiting:
        low, high = waiting.pop()
        if low >= high:
            continue
        pivot, i, j = items[random.randint(low, high)], low, high
        while i < j:
            while ask(items[i], pivot):
                i += 1
            while ask(pivot, items[j]):
                j -= 1
            if i < j:
                items[i], items[j] = items[j], items[i]
        waiting += [(low, i - 1), (i + 1, high)]
    return items


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
