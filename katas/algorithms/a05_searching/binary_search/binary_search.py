"""Binary search: over a question, over a sorted list, over a rotated one. `bisect` is forbidden."""

from collections.abc import Callable


def first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest number in low .. high-1 for which `holds` is true, high if none.

    `holds` is monotone: once true, it stays true. It is asked about numbers in low .. high-1
    only, at most as often as high - low has binary digits.
    """
    raise NotImplementedError


def equal_range(values: list[int], x: int) -> tuple[int, int]:
    """Return the positions of the first value >= x and of the first value > x.

    `values` is ascending. Where there is no such value, the position is len(values).
    """
    raise NotImplementedError


def count_ranges(values: list[int], queries: list[tuple[int, int]]) -> list[int]:
    """Return for each query (a, b) how many of the ascending `values` lie in a .. b, both included.

    That is 0 if a > b.
    """
    raise NotImplementedError


def find_rotated(n: int, read: Callable[[int], int], x: int) -> int:
    """Return the position of x among n different numbers, -1 if it is not there.

    They were ascending, then a part at the front, perhaps an empty one, was moved to the end.
    `read(i)` returns the number at position i in 0 .. n-1; at most 150 reads, n <= 1,000,000.
    """
    raise NotImplementedError
