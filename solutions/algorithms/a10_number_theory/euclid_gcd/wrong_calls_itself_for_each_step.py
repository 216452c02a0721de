"""Misconception: the number of steps is always small.

It grows with the number of digits; long Fibonacci numbers take thousands of steps.
"""


def gcd(a: int, b: int) -> int:
    return gcd(b, a % b) if b else abs(a)


def _coefficients(a: int, b: int) -> tuple[int, int, int]:
    if not b:
        return a, 1, 0
    g, x, y = _coefficients(b, a % b)
    return g, y, x - a // b * y


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    g, x, y = _coefficients(a, b)
    if not b:
        return (a, 1, 0) if a else (0, 0, 0)
    x %= b // g
    return g, x, (g - a * x) // b


def mod_inverse(a: int, m: int) -> int:
    if m < 1:
        raise ValueError("the modulus must be positive")
    g, x, _ = extended_gcd(a % m, m)
    if g != 1:
        raise ValueError(f"{a} has no inverse modulo {m}")
    return x


def solve_linear(a: int, b: int, c: int) -> tuple[int, int] | None:
    g, x, _ = extended_gcd(a, b)
    if c % g:
        return None
    x = x * (c // g) % (b // g)
    return x, (c - a * x) // b
