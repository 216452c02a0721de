"""Misconception: the left part is sorted if its first number is less than the middle one.

If the part is one number long, both are the same number, and it is sorted as well.
"""

from collections.abc import Callable


def first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    while low < high:
        middle = low + (high - low) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def equal_range(values: list[int], x: int) -> tuple[int, int]:
    return _lower_bound(values, x), _lower_bound(values, x + 1)


def count_ranges(values: list[int], queries: list[tuple[int, int]]) -> list[int]:
    return [max(0, _lower_bound(values, b + 1) - _lower_bound(values, a)) for a, b in queries]


def find_rotated(n: int, read: Callable[[int], int], x: int) -> int:
    low, high = 0, n - 1
    while low <= high:
        middle = (low + high) // 2
        here = read(middle)
        if here == x:
            return middle
        first, last = read(low), read(high)
        if first < here:
            if first <= x < here:
                high = middle - 1
            else:
                low = middle + 1
        elif here < x <= last:
            low = middle + 1
        else:
            high = middle - 1
    return -1


def _lower_bound(values: list[int], x: int) -> int:
    return first_true(0, len(values), lambda at: values[at] >= x)
