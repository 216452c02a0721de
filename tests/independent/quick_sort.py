"""Independent solution of quick_sort: own stack, random pivots, selection by biased samples."""

import math
import operator
import random
from collections.abc import Callable
from typing import Any

Less = Callable[[Any, Any], bool]

_SMALL = 200


def partition3(
    items: list[Any], pivot: Any, less: Less | None = None
) -> tuple[list[Any], list[Any], list[Any]]:
    """Return (items less than `pivot`, equal to it, greater), each in the order they stood.

    `less(x, y)` tells whether x goes before y; without it that is x < y. `pivot` need not be
    among the items.
    """
    before = operator.lt if less is None else less
    lesser: list[Any] = []
    equal: list[Any] = []
    greater: list[Any] = []
    for item in items:
        if before(item, pivot):
            lesser.append(item)
        elif before(pivot, item):
            greater.append(item)
        else:
            equal.append(item)
    return lesser, equal, greater


def quick_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in order, in a new list; up to 40,000 items in any order.

    The stack holds parts that belong behind all that is done, the next one on top; a part is
    marked where all of its items are equal.
    """
    done: list[Any] = []
    stack = [(items, len(items) < 2)]
    while stack:
        part, in_order = stack.pop()
        if in_order:
            done += part
            continue
        lesser, equal, greater = partition3(part, random.choice(part), less)
        stack.append((greater, len(greater) < 2))
        stack.append((equal, True))
        stack.append((lesser, len(lesser) < 2))
    return done


def _pivot_near(items: list[Any], k: int, less: Less | None) -> Any:
    """Return an item that probably stands a little beyond position k, seen from the nearer end.

    So the part with position k in it is probably the small one.
    """
    size = len(items)
    if size < _SMALL:
        return random.choice(items)
    sample_size = math.isqrt(size)
    sample = quick_sort(random.sample(items, sample_size), less)
    place = k * sample_size // size
    margin = math.isqrt(sample_size) // 2 + 1
    place += margin if 2 * k < size else -margin
    return sample[min(max(place, 0), sample_size - 1)]


def quick_select(items: list[Any], k: int, less: Less | None = None) -> Any:
    """Return the item that would stand at position k, from 0, if `items` were sorted.

    IndexError unless 0 <= k < len(items).
    """
    if not 0 <= k < len(items):
        raise IndexError(f"{k} is no position of a list of {len(items)}")
    part = items
    while len(part) > 1:
        lesser, equal, greater = partition3(part, _pivot_near(part, k, less), less)
        if k < len(lesser):
            part = lesser
        elif k < len(lesser) + len(equal):
            return equal[0]
        else:
            k -= len(lesser) + len(equal)
            part = greater
    return part[0]
