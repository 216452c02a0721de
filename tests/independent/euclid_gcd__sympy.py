"""euclid_gcd by sympy: igcd, igcdex, mod_inverse; its answers brought into the stated range."""

import sympy
from sympy.core.intfunc import igcd, igcdex

PACKAGES = ("sympy", "mpmath")


def gcd(a: int, b: int) -> int:
    """Return sympy's greatest common divisor."""
    return int(igcd(a, b))


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    """Return sympy's coefficients, x moved into 0 .. b // g - 1."""
    if not b:
        return (a, 1, 0) if a else (0, 0, 0)
    x, _, g = (int(each) for each in igcdex(a, b))
    x %= b // g
    return g, x, (g - a * x) // b


def mod_inverse(a: int, m: int) -> int:
    """Return sympy's inverse."""
    if m < 1:
        raise ValueError(m)
    return int(sympy.mod_inverse(a, m)) % m if m > 1 else 0


def solve_linear(a: int, b: int, c: int) -> tuple[int, int] | None:
    """Return the smallest x by the inverse of a / g modulo b / g."""
    g = gcd(a, b)
    if c % g:
        return None
    step = b // g
    x = c // g * mod_inverse(a // g, step) % step
    return x, (c - a * x) // b
