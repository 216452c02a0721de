"""Misconception: the order in which divisors are found is the order that was asked for."""

from math import isqrt


def divisors(n: int) -> list[int]:
    found = []
    for d in range(1, isqrt(n) + 1):
        if n % d == 0:
            found.append(d)
            if d * d != n:
                found.append(n // d)
    return found
