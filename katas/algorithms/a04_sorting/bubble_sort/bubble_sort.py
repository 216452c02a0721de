"""Bubble sort: passes over neighbouring pairs, each ending where the one before swapped last."""

from collections.abc import Callable, Iterator
from typing import Any

Less = Callable[[Any, Any], bool]


def bubble_sort(items: list[Any], less: Less | None = None) -> tuple[list[Any], int, int]:
    """Return (a sorted copy of `items`, number of swaps, number of passes).

    `less(right, left)` is asked once for each pair that a pass looks at; without `less` it is
    `right < left`. Up to 100,000 items.
    """
    raise NotImplementedError


def bubble_passes(items: list[Any]) -> Iterator[list[Any]]:
    """Yield the items as they stand after each pass, every time in a new list."""
    raise NotImplementedError
