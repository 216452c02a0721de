"""Euclid: greatest common divisors, and what the same steps tell besides.

Not to be used: `math`, `fractions`, `pow`.
"""


def gcd(a: int, b: int) -> int:
    """Return the greatest common divisor, signs ignored, never negative; gcd(0, 0) is 0."""
    raise NotImplementedError


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    """Return (g, x, y) with a*x + b*y == g == gcd(a, b); a and b are not negative.

    For b > 0, x is the one from 0 to b // g - 1. (a, 1, 0) for b == 0 < a, (0, 0, 0) for zeros.
    """
    raise NotImplementedError


def mod_inverse(a: int, m: int) -> int:
    """Return the x from 0 to m - 1 with a*x - 1 divisible by m; a is any integer.

    Raises ValueError if there is none, or if m < 1.
    """
    raise NotImplementedError


def solve_linear(a: int, b: int, c: int) -> tuple[int, int] | None:
    """Return integers (x, y) with a*x + b*y == c, the smallest x >= 0 possible, or None.

    a and b are positive, c is any integer; y may be negative.
    """
    raise NotImplementedError
