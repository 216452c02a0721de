"""Misconception: the pivot is one item.

Items equal to it are lost from the sorted list.
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
    done: list[Any] = []
    waiting = [(list(items), False)]
    while waiting:
        part, in_order = waiting.pop()
        if in_order or len(part) < 2:
            done += part
            continue
        before, equal, behind = partition3(part, random.choice(part), less)
        waiting += [(behind, False), (equal[:1], True), (before, False)]
    return done


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
