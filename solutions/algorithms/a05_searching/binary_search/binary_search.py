"""Binary search: one loop over a monotone question, and three ways to ask it."""

from collections.abc import Callable


def first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest number in low .. high-1 for which `holds` is true, high if none.

    Invariant: everything before low is false, everything from high on is true or outside.
    """
    while low < high:
        middle = low + (high - low) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def equal_range(values: list[int], x: int) -> tuple[int, int]:
    """Return the positions of the first value >= x and of the first value > x."""
    return _lower_bound(values, x), _lower_bound(values, x + 1)


def count_ranges(values: list[int], queries: list[tuple[int, int]]) -> list[int]:
    """Return for each query (a, b) how many of the ascending `values` lie in a .. b."""
    return [max(0, _lower_bound(values, b + 1) - _lower_bound(values, a)) for a, b in queries]


def find_rotated(n: int, read: Callable[[int], int], x: int) -> int:
    """Return the position of x among n numbers, ascending but for one break; -1 if absent."""
    if n == 0:
        return -1
    last = read(n - 1)
    start = first_true(0, n, lambda at: read(at) <= last)
    low, high = (start, n) if x <= last else (0, start)
    at = first_true(low, high, lambda at: read(at) >= x)
    return at if at < high and read(at) == x else -1


def _lower_bound(values: list[int], x: int) -> int:
    """Return the position of the first value >= x, len(values) if there is none."""
    return first_true(0, len(values), lambda at: values[at] >= x)
