"""Misconception: with a fast test for the last factor, trial division is fast enough.

Right, and a help if only one factor is large; with two it goes all the way to the smaller one.
"""

BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def _passes(n: int, base: int, odd: int, twos: int) -> bool:
    power = pow(base, odd, n)
    if power in (1, n - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % n
        if power == n - 1:
            return True
    return False


def is_prime(n: int) -> bool:
    if n < 2:
        return False
    for p in BASES:
        if n % p == 0:
            return n == p
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(n, base, odd, twos) for base in BASES)


def factorize(n: int) -> list[tuple[int, int]]:
    if n < 1:
        raise ValueError("only numbers from 1 on have prime factors")
    found, d = [], 2
    while n > 1 and not is_prime(n):
        exponent = 0
        while n % d == 0:
            n, exponent = n // d, exponent + 1
        if exponent:
            found.append((d, exponent))
        d += 1
        while n % d and d * d <= n:
            d += 1
    if n > 1 and found and found[-1][0] == n:
        found[-1] = (n, found[-1][1] + 1)
    elif n > 1:
        found.append((n, 1))
    return found


def totient(n: int) -> int:
    result = n
    for p, _ in factorize(n):
        result -= result // p
    return result
