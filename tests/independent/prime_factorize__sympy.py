"""prime_factorize by sympy: isprime, factorint and totient."""

import sympy

PACKAGES = ("sympy", "mpmath")


def is_prime(n: int) -> bool:
    """Return what sympy says."""
    return bool(sympy.isprime(n))


def factorize(n: int) -> list[tuple[int, int]]:
    """Return sympy's factors, sorted."""
    if n < 1:
        raise ValueError(n)
    return sorted((int(prime), int(power)) for prime, power in sympy.factorint(n).items())


def totient(n: int) -> int:
    """Return sympy's totient."""
    if n < 1:
        raise ValueError(n)
    return int(sympy.totient(n))
