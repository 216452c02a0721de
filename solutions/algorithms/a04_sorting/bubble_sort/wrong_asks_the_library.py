"""Misconception: a sorted list is all that is asked for.

`sorted` does none of the passes; the kata forbids it and judges what bubble sort does.
"""

from collections.abc import Callable, Iterator
from functools import cmp_to_key
from typing import Any

Less = Callable[[Any, Any], bool]


def bubble_sort(items: list[Any], less: Less | None = None) -> tuple[list[Any], int, int]:
    key = cmp_to_key(lambda a, b: less(b, a) - less(a, b)) if less else None
    swaps = sum(items[j] < items[i] for j in range(len(items)) for i in range(j))
    return sorted(items, key=key), swaps, min(1, len(items) // 2)


def bubble_passes(items: list[Any]) -> Iterator[list[Any]]:
    yield sorted(items)
