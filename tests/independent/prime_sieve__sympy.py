"""prime_sieve by sympy: primerange, and primefactors for the smallest factor."""

import sympy

PACKAGES = ("sympy", "mpmath")


def primes_upto(n: int) -> list[int]:
    """Return the primes up to n."""
    return list(sympy.primerange(n + 1))


def smallest_factor(n: int) -> list[int]:
    """Return the smallest prime factor of each; multiples of each prime are struck once."""
    found = list(range(n + 1))
    for prime in reversed(list(sympy.primerange(int(max(n, 0) ** 0.5) + 1))):
        found[prime::prime] = [prime] * (n // prime)
    return found


def primes_between(lo: int, hi: int) -> list[int]:
    """Return the primes of the stretch."""
    return list(sympy.primerange(lo, hi))
