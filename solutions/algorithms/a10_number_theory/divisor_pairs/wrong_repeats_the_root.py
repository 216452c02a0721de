"""Misconception: every divisor has a partner other than itself.

The root of a square is its own partner and comes twice.
"""

from math import isqrt


def divisors(n: int) -> list[int]:
    small = [d for d in range(1, isqrt(n) + 1) if n % d == 0]
    return small + [n // d for d in reversed(small)]
