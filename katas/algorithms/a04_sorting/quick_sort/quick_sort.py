"""Quicksort: three-way partition, sorting by it, and finding one item without sorting all."""

from collections.abc import Callable
from typing import Any

Less = Callable[[Any, Any], bool]


def partition3(
    items: list[Any], pivot: Any, less: Less | None = None
) -> tuple[list[Any], list[Any], list[Any]]:
    """Return (items less than `pivot`, equal to it, greater), each in the order they stood.

    `less(x, y)` tells whether x goes before y; without it that is x < y. `pivot` need not be
    among the items.
    """
    raise NotImplementedError


def quick_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in order, in a new list; up to 40,000 items in any order."""
    raise NotImplementedError


def quick_select(items: list[Any], k: int, less: Less | None = None) -> Any:
    """Return the item that would stand at position k, from 0, if `items` were sorted.

    IndexError unless 0 <= k < len(items).
    """
    raise NotImplementedError
