"""Misconception: a prime that divides twice is found twice, so it is listed twice."""

from itertools import count
from math import gcd

BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


BATCH = 100


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
    common = 1
    while common == 1:
        start = slow, fast
        product = 1
        for _ in range(BATCH):
            slow = (slow * slow + shift) % n
            fast = (fast * fast + shift) % n
            fast = (fast * fast + shift) % n
            product = product * (slow - fast) % n
        common = gcd(product, n)
    if common < n:
        return common
    slow, fast = start
    common = 1
    while common == 1:
        slow = (slow * slow + shift) % n
        fast = (fast * fast + shift) % n
        fast = (fast * fast + shift) % n
        common = gcd(slow - fast, n)
    return common


def _proper_divisor(n: int) -> int:
    for p in BASES:
        if n % p == 0:
            return p
    return next(found for shift in count(1) if (found := _walk(n, shift)) < n)


def factorize(n: int) -> list[tuple[int, int]]:
    if n < 1:
        raise ValueError("only numbers from 1 on have prime factors")
    found = []
    parts = [n] if n > 1 else []
    while parts:
        part = parts.pop()
        if is_prime(part):
            found.append((part, 1))
        else:
            divisor = _proper_divisor(part)
            parts += [divisor, part // divisor]
    return sorted(found)


def totient(n: int) -> int:
    result = n
    for p, _ in factorize(n):
        result -= result // p
    return result
