"""Misconception: with the primes up to the root at hand, division is cheap.

Right, but each prime of the stretch is divided by 78,498 of them.
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
    if hi <= 2:
        return []
    base = primes_upto(isqrt(hi - 1))
    return [x for x in range(max(lo, 2), hi) if all(x % p or x == p for p in base)]
