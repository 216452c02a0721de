"""Divisor pairs: try up to the square root, and take each partner with it."""

from math import isqrt


def divisors(n: int) -> list[int]:
    """Return all positive divisors of n, ascending, each once."""
    root = isqrt(n)
    small = [d for d in range(1, root + 1) if n % d == 0]
    large = [n // d for d in reversed(small) if d * d != n]
    return small + large
