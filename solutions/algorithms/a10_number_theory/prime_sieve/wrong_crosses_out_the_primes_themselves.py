"""Misconception: in a stretch, crossing out begins at the first multiple.

Near the beginning that may be p itself.
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
    for p in primes_upto(isqrt(hi - 1)):
        first = -(-lo // p) * p
        left[first - lo :: p] = bytes(len(range(first, hi, p)))
    return [lo + place for place, prime in enumerate(left) if prime]
