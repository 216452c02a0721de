"""Knapsack: the most valuable load for a capacity, each item once, unlimited, or in copies.

Weights are 1 or more, values and counts 0 or more. A negative capacity raises ValueError. The
lists of items are left as they were.
"""


def best_01(capacity: int, items: list[tuple[int, int]]) -> tuple[int, list[int]]:
    """Return the largest value of a load, and the indices of the items of such a load.

    Items are (weight, value); each may be packed once, and the weights packed are at most
    `capacity` together. The indices ascend; any best load will do.
    """
    raise NotImplementedError


def best_unbounded(capacity: int, items: list[tuple[int, int]]) -> int:
    """Return the largest value of a load if each (weight, value) is there without limit."""
    raise NotImplementedError


def best_bounded(capacity: int, items: list[tuple[int, int, int]]) -> int:
    """Return the largest value of a load if each (weight, value, count) is there `count` times."""
    raise NotImplementedError
