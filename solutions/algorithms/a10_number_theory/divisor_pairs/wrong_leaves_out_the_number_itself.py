"""Misconception: a divisor is smaller than the number; those are the proper divisors."""

from math import isqrt


def divisors(n: int) -> list[int]:
    small = [d for d in range(1, isqrt(n) + 1) if n % d == 0]
    return sorted({*small, *(n // d for d in small if d > 1)})
