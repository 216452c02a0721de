"""Misconception: going on long enough, the walk finds a factor.

Once both circles are closed it runs round for ever, on 41 * 41 for instance.
"""

from collections import Counter
from math import gcd

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


def _walk(n: int, shift: int) -> int:
    slow = fast = 2
    while True:
        slow = (slow * slow + shift) % n
        fast = (fast * fast + shift) % n
        fast = (fast * fast + shift) % n
        common = gcd(slow - fast, n)
        if 1 < common < n:
            return common


def _proper_divisor(n: int) -> int:
    for p in BASES:
        if n % p == 0:
            return p
    return _walk(n, 1)


def factorize(n: int) -> list[tuple[int, int]]:
    if n < 1:
        raise ValueError("only numbers from 1 on have prime factors")
    exponents: Counter[int] = Counter()
    parts = [n] if n > 1 else []
    while parts:
        part = parts.pop()
        if is_prime(part):
            exponents[part] += 1
        else:
            divisor = _proper_divisor(part)
            parts += [divisor, part // divisor]
    return sorted(exponents.items())


def totient(n: int) -> int:
    result = n
    for p, _ in factorize(n):
        result -= result // p
    return result
