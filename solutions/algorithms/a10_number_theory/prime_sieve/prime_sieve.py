"""Prime sieve: cross out from p * p, for the primes up to the root of the end."""

from math import isqrt


def primes_upto(n: int) -> list[int]:
    """Return the primes up to n, n included, ascending."""
    if n < 2:
        return []
    left = bytearray([1]) * (n + 1)
    for p in range(2, isqrt(n) + 1):
        if left[p]:
            left[p * p :: p] = bytes(len(range(p * p, n + 1, p)))
    return [x for x in range(2, n + 1) if left[x]]


def smallest_factor(n: int) -> list[int]:
    """Return for each number up to n the smallest prime that divides it; 0 and 1 stand alone."""
    table = list(range(n + 1))
    for p in range(2, isqrt(max(n, 0)) + 1):
        if table[p] == p:
            for multiple in range(p * p, n + 1, p):
                if table[multiple] == multiple:
                    table[multiple] = p
    return table


def primes_between(lo: int, hi: int) -> list[int]:
    """Return the primes p with lo <= p < hi; memory grows with isqrt(hi) and hi - lo only."""
    lo = max(lo, 2)
    if hi <= lo:
        return []
    left = bytearray([1]) * (hi - lo)
    for p in primes_upto(isqrt(hi - 1)):
        first = max(p * p, -(-lo // p) * p)
        left[first - lo :: p] = bytes(len(range(first, hi, p)))
    return [lo + place for place, prime in enumerate(left) if prime]
