"""Misconception: a search may stop as soon as it meets an equal value.

With equal values side by side, that is some position between the two that were asked for.
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
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] == x:
            return middle, middle + 1
        if values[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low, low


def count_ranges(values: list[int], queries: list[tuple[int, int]]) -> list[int]:
    return [max(0, _lower_bound(values, b + 1) - _lower_bound(values, a)) for a, b in queries]


def find_rotated(n: int, read: Callable[[int], int], x: int) -> int:
    if n == 0:
        return -1
    last = read(n - 1)
    start = first_true(0, n, lambda at: read(at) <= last)
    low, high = (start, n) if x <= last else (0, start)
    at = first_true(low, high, lambda at: read(at) >= x)
    return at if at < high and read(at) == x else -1


def _lower_bound(values: list[int], x: int) -> int:
    return first_true(0, len(values), lambda at: values[at] >= x)
