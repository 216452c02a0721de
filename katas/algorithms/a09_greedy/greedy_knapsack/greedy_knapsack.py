"""Greedy knapsack: exact where items may be cut, half of the best where they may not.

An item is (weight, value), both at least 1.
"""


def fractional(
    capacity: int, items: list[tuple[int, int]]
) -> tuple[tuple[int, int], list[tuple[int, int, int]]]:
    """Return the greatest value of parts of items that fit, and one way to get it.

    The value is (num, den) in lowest terms; the way is a list of (index, num, den), the part of
    each item that is taken, in lowest terms and above 0. At most one item is cut. ValueError for
    a negative capacity, or a weight or value below 1.
    """
    raise NotImplementedError


def greedy_01(capacity: int, items: list[tuple[int, int]]) -> list[int]:
    """Return indices of whole items that fit and have at least half of the greatest value.

    ValueError for a negative capacity, or a weight or value below 1.
    """
    raise NotImplementedError
