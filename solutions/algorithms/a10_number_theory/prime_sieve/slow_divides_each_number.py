"""Misconception: trying divisors up to the root is fast enough for all of them.

Right, but it begins anew for every number; crossing out shares the work.
"""

from math import isqrt


def primes_upto(n: int) -> list[int]:
    return [x for x in range(2, n + 1) if _least(x) == x]


def smallest_factor(n: int) -> list[int]:
    return [x if x < 2 else _least(x) for x in range(n + 1)]


def primes_between(lo: int, hi: int) -> list[int]:
    return [x for x in range(max(lo, 2), hi) if _least(x) == x]


def _least(x: int) -> int:
    return next((d for d in range(2, isqrt(x) + 1) if x % d == 0), x)
