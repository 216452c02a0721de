"""Misconception: up to the root is not far.

Right, but the root of a 64-bit number is four thousand million.
"""


def is_prime(n: int) -> bool:
    if n < 4 or n % 2 == 0:
        return n in (2, 3)
    d = 3
    while d * d <= n:
        if n % d == 0:
            return False
        d += 2
    return True


def factorize(n: int) -> list[tuple[int, int]]:
    if n < 1:
        raise ValueError("only numbers from 1 on have prime factors")
    found, d = [], 2
    while d * d <= n:
        exponent = 0
        while n % d == 0:
            n, exponent = n // d, exponent + 1
        if exponent:
            found.append((d, exponent))
        d += 1
    return [*found, (n, 1)] if n > 1 else found


def totient(n: int) -> int:
    result = n
    for p, _ in factorize(n):
        result -= result // p
    return result
