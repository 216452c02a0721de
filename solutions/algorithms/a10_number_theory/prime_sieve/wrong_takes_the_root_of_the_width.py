"""Misconception: a stretch of w numbers needs the primes up to the root of w.

It needs those up to the root of its end, wherever it begins.
"""

from math import isqrt


def primes_upto(n: int) -> list[int]:
    if n < 2:
        return []
    left = bytearray([1]) * (n + 1)
    for p in range(2, isqrt(n) + 1):
        if left[p]:
            left[p * p :: p] = bytes(len(range(p * p, n + 1, p)))
    return [x for x in range(2, n + 1) if left[x]]


def smallest_factor(n: int) -> list[int]:
    table = list(range(n + 1))
    for p in range(2, isqrt(max(n, 0)) + 1):
        if table[p] == p:
            for multiple in range(p * p, n + 1, p):
                if table[multiple] == multiple:
                    table[multiple] = p
    return table


def primes_between(lo: int, hi: int) -> list[int]:
    lo = max(lo, 2)
    if hi <= lo:
        return []
    left = bytearray([1]) * (hi - lo)
    for p in primes_upto(isqrt(hi - lo) + 3):
        first = max(p * p, -(-lo // p) * p)
        left[first - lo :: p] = bytes(len(range(first, hi, p)))
    return [lo + place for place, prime in enumerate(left) if prime]
