"""Independent solution of merge_sort: runs merged like carries of a counter, inversions by digits.

Runs stand on a stack; two of equal length are merged at once, as ones carry in a binary counter.
"""

from collections.abc import Callable
from typing import Any

Less = Callable[[Any, Any], bool]


def merge(a: list[Any], b: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items of two sorted lists in one sorted list; of equal ones a's come first.

    `less(x, y)` tells whether x goes before y; without it that is x < y.
    """
    result: list[Any] = []
    i = j = 0
    while i < len(a) and j < len(b):
        x, y = a[i], b[j]
        if (y < x) if less is None else less(y, x):
            result.append(y)
            j += 1
        else:
            result.append(x)
            i += 1
    result += a[i:]
    result += b[j:]
    return result


def merge_sort(items: list[Any], less: Less | None = None) -> list[Any]:
    """Return the items in order, equal ones as they stood; `items` is left as it was."""
    runs: list[list[Any]] = []
    for item in items:
        run = [item]
        while runs and len(runs[-1]) == len(run):
            run = merge(runs.pop(), run, less)
        runs.append(run)
    result: list[Any] = []
    while runs:
        result = merge(runs.pop(), result, less)
    return result


def count_inversions(items: list[Any]) -> int:
    """Return the number of positions i < j with items[j] < items[i].

    Items are replaced by their ranks in the stable order. Of two ranks the greater one has a one
    in the highest binary digit in which they differ; pairs are counted at that digit.
    """
    size = len(items)
    order = merge_sort(list(range(size)), lambda i, j: items[i] < items[j])
    ranks = [0] * size
    for rank, position in enumerate(order):
        ranks[position] = rank
    inversions = 0
    for digit in range(size.bit_length()):
        ones = [0] * ((size >> (digit + 1)) + 1)
        for rank in ranks:
            head = rank >> digit
            if head & 1:
                ones[head >> 1] += 1
            else:
                inversions += ones[head >> 1]
    return inversions
