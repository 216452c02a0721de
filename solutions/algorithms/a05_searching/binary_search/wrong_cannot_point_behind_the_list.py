"""Misconception: a search in a list ends at one of its positions.

A value greater than all others belongs behind the last one, at len(values).
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
    if n == 0:
        return -1
    last = read(n - 1)
    start = first_true(0, n, lambda at: read(at) <= last)
    low, high = (start, n) if x <= last else (0, start)
    at = first_true(low, high, lambda at: read(at) >= x)
    return at if at < high and read(at) == x else -1


def _lower_bound(values: list[int], x: int) -> int:
    return first_true(0, max(0, len(values) - 1), lambda at: values[at] >= x)
