"""Misconception: range includes its end.

The root itself is never tried: squares lose a divisor, and so do 2, 6 and 12.
"""

from math import isqrt


def divisors(n: int) -> list[int]:
    if n == 1:
        return [1]
    small = [d for d in range(1, isqrt(n)) if n % d == 0]
    return small + [n // d for d in reversed(small)]
