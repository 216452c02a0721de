"""Independent solution of binary_search: jumps by descending powers of two.

Everything asks for the last "no": it is approached from below, one binary digit of the distance
at a time, each digit at the cost of one question.
"""

from collections.abc import Callable


def first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest number in low .. high-1 for which `holds` is true, high if none.

    Asks at most as often as high - low has binary digits.
    """
    last_false = low - 1
    for digit in reversed(range((high - low).bit_length())):
        probe = last_false + (1 << digit)
        if probe < high and not holds(probe):
            last_false = probe
    return last_false + 1


def _count_below(values: list[int], x: int) -> int:
    """Return how many of the ascending values are less than x."""
    size = len(values)
    count = 0
    jump = 1 << size.bit_length() >> 1
    while jump:
        end = count + jump
        if end <= size and values[end - 1] < x:
            count = end
        jump >>= 1
    return count


def equal_range(values: list[int], x: int) -> tuple[int, int]:
    """Return the positions of the first value >= x and of the first value > x.

    `values` is ascending. Where there is no such value, the position is len(values).
    """
    return _count_below(values, x), _count_below(values, x + 1)


def count_ranges(values: list[int], queries: list[tuple[int, int]]) -> list[int]:
    """Return for each query (a, b) how many of the ascending `values` lie in a .. b, both included.

    That is 0 if a > b.
    """
    return [
        _count_below(values, b + 1) - _count_below(values, a) if a <= b else 0 for a, b in queries
    ]


def find_rotated(n: int, read: Callable[[int], int], x: int) -> int:
    """Return the position of x among n different numbers, -1 if it is not there.

    With "less than the first number" as a leading key the rotated list is ascending again, so
    one search is enough: at most 22 reads for a million numbers.
    """
    if n < 1:
        return -1
    first = read(0)
    if x == first:
        return 0
    wanted = (x < first, x)

    def reached(position: int) -> bool:
        value = read(position)
        return (value < first, value) >= wanted

    position = first_true(1, n, reached)
    return position if position < n and read(position) == x else -1
