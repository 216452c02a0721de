"""Independent solution of greedy_knapsack: weighted quickselect for the critical ratio, no sorting.

The best load takes everything above a certain value per weight and cuts at most one item at it.
That ratio is found by partition, as the median is by quickselect, in expected linear time. Ratios
are compared exactly: two that differ do so by at least 1 / W**2, W the greatest weight, so the
integers value * W**2 // weight differ as well.
"""

import random
from fractions import Fraction

Item = tuple[int, int]


def _check(capacity: int, items: list[Item]) -> None:
    """Raise ValueError for a negative capacity, or a weight or value below 1."""
    if capacity < 0:
        raise ValueError("the capacity is negative")
    if any(weight < 1 or value < 1 for weight, value in items):
        raise ValueError("weights and values are at least 1")


def _split(capacity: int, items: list[Item]) -> tuple[list[int], int, int]:
    """Return (indices taken whole, index of the next best item or -1, the capacity left for it).

    The next best item does not fit as a whole; -1 says that all items are taken.
    """
    scale = max((weight for weight, _ in items), default=1) ** 2
    ratio = [value * scale // weight for weight, value in items]
    taken: list[int] = []
    open_items = list(range(len(items)))
    while open_items:
        pivot = ratio[random.choice(open_items)]
        better = [i for i in open_items if ratio[i] > pivot]
        weight_better = sum(items[i][0] for i in better)
        if weight_better > capacity:
            open_items = better
            continue
        taken += better
        capacity -= weight_better
        for i in open_items:
            if ratio[i] == pivot:
                if items[i][0] > capacity:
                    return taken, i, capacity
                taken.append(i)
                capacity -= items[i][0]
        open_items = [i for i in open_items if ratio[i] < pivot]
    return taken, -1, capacity


def fractional(
    capacity: int, items: list[Item]
) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    """Return the greatest value of parts of items that fit, and one way to get it.

    The value is (num, den) in lowest terms; the way is a list of (index, num, den), the part of
    each item that is taken, in lowest terms and above 0. At most one item is cut. ValueError for
    a negative capacity, or a weight or value below 1.
    """
    _check(capacity, items)
    taken, cut, left_over = _split(capacity, items)
    total = Fraction(sum(items[i][1] for i in taken))
    parts = [(i, 1, 1) for i in taken]
    if cut >= 0 and left_over > 0:
        part = Fraction(left_over, items[cut][0])
        total += part * items[cut][1]
        parts.append((cut, part.numerator, part.denominator))
    return (total.numerator, total.denominator), parts


def greedy_01(capacity: int, items: list[Item]) -> list[int]:
    """Return indices of whole items that fit and have at least half of the greatest value.

    Of the items that fit at all, those taken whole and the one to be cut have together at least
    the greatest value; the better of the two is at least half. ValueError for a negative
    capacity, or a weight or value below 1.
    """
    _check(capacity, items)
    fitting = [i for i, (weight, _) in enumerate(items) if weight <= capacity]
    taken, cut, _ = _split(capacity, [items[i] for i in fitting])
    load = [fitting[i] for i in taken]
    if cut >= 0 and items[fitting[cut]][1] > sum(items[i][1] for i in load):
        load = [fitting[cut]]
    return load
