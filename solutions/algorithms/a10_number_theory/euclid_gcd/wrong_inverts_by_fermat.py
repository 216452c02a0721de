"""Misconception: the inverse of a is a to the power of m - 2.

That is Fermat's theorem, and m has to be prime.
"""


def gcd(a: int, b: int) -> int:
    a, b = abs(a), abs(b)
    while b:
        a, b = b, a % b
    return a


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    g, rest = a, b
    x, next_x = 1, 0
    while rest:
        quotient = g // rest
        g, rest = rest, g - quotient * rest
        x, next_x = next_x, x - quotient * next_x
    if not b:
        return (a, 1, 0) if a else (0, 0, 0)
    x %= b // g
    return g, x, (g - a * x) // b


def mod_inverse(a: int, m: int) -> int:
    if m < 1 or gcd(a, m) != 1:
        raise ValueError("no inverse")
    result, square, exponent = 1 % m, a % m, max(m - 2, 0)
    while exponent:
        if exponent & 1:
            result = result * square % m
        square = square * square % m
        exponent >>= 1
    return result


def solve_linear(a: int, b: int, c: int) -> tuple[int, int] | None:
    g, x, _ = extended_gcd(a, b)
    if c % g:
        return None
    x = x * (c // g) % (b // g)
    return x, (c - a * x) // b
