"""Independent solution of euclid_gcd: keep the quotients, put the coefficients in backwards."""


def gcd(a: int, b: int) -> int:
    """Return the greatest common divisor, signs ignored, never negative; gcd(0, 0) is 0.

    Each step takes the remainder nearest to zero, so that it is at most half of the divisor.
    """
    a, b = abs(a), abs(b)
    while b:
        rest = a % b
        a, b = b, min(rest, b - rest)
    return a


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    """Return (g, x, y) with a*x + b*y == g == gcd(a, b); a and b are not negative.

    For b > 0, x is the one from 0 to b // g - 1. (a, 1, 0) for b == 0 < a, (0, 0, 0) for zeros.
    """
    if b == 0:
        return (a, 1, 0) if a else (0, 0, 0)
    quotients: list[int] = []
    high, low = a, b
    while low:
        quotient, rest = divmod(high, low)
        quotients.append(quotient)
        high, low = low, rest
    x, y = 1, 0  # high * 1 + 0 * 0 == g, the last line of the scheme
    for quotient in reversed(quotients):
        x, y = y, x - quotient * y
    x %= b // high
    return high, x, (high - a * x) // b


def mod_inverse(a: int, m: int) -> int:
    """Return the x from 0 to m - 1 with a*x - 1 divisible by m; a is any integer.

    Raises ValueError if there is none, or if m < 1.
    """
    if m < 1:
        raise ValueError("the modulus is less than 1")
    divisor, x, _ = extended_gcd(a % m, m)
    if divisor != 1:
        raise ValueError("no inverse: the number and the modulus have a common divisor")
    return x


def solve_linear(a: int, b: int, c: int) -> tuple[int, int] | None:
    """Return integers (x, y) with a*x + b*y == c, the smallest x >= 0 possible, or None.

    a and b are positive, c is any integer; y may be negative.
    """
    divisor, x, _ = extended_gcd(a, b)
    factor, rest = divmod(c, divisor)
    if rest:
        return None
    x = x * factor % (b // divisor)
    return x, (c - a * x) // b
