"""Misconception: high is the last number of the range.

It is the first one behind it, and there may be nothing to ask about.
"""

from collections.abc import Callable


def first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    last = high
    while low <= last:
        middle = low + (last - low) // 2
        if holds(middle):
            last = middle - 1
        else:
            low = middle + 1
    return min(low, high)


def equal_range(values: list[int], x: int) -> tuple[int, int]:
    return _lower_bound(values, x), _lower_bound(values, x + 1)


def count_ranges(values: list[int], queries: list[tuple[int, int]]) -> list[int]:
    return [max(0, _lower_bound(values, b + 1) - _lower_bound(values, a)) for a, b in queries]


def find_rotated(n: int, read: Callable[[int], int], x: int) -> int:
    if n == 0:
        return -1
    last = read(n - 1)
    start = first_true(0, n - 1, lambda at: read(at) <= last)
    low, high = (start, n) if x <= last else (0, start)
    at = first_true(low, high - 1, lambda at: read(at) >= x)
    return at if at < high and read(at) == x else -1


def _lower_bound(values: list[int], x: int) -> int:
    return first_true(0, len(values) - 1, lambda at: values[at] >= x)
