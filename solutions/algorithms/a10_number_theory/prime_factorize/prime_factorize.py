"""Prime factors of 64-bit numbers: Miller-Rabin to know a prime, Pollard's rho to split."""

from collections import Counter
from itertools import count
from math import gcd

BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
BATCH = 100


def _passes(n: int, base: int, odd: int, twos: int) -> bool:
    """Tell whether n looks prime to the base, where n - 1 == odd * 2**twos."""
    power = pow(base, odd, n)
    if power in (1, n - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % n
        if power == n - 1:
            return True
    return False


def is_prime(n: int) -> bool:
    """Return whether n is prime; exact below 2**64 (OEIS A014233)."""
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
    """Return a divisor of n above 1, by two walkers on x*x + shift; it may be n itself."""
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
    """Return a divisor of the composite n that is neither 1 nor n."""
    for p in BASES:
        if n % p == 0:
            return p
    return next(found for shift in count(1) if (found := _walk(n, shift)) < n)


def factorize(n: int) -> list[tuple[int, int]]:
    """Return (prime, exponent) for each prime that divides n, ascending."""
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
    """Return how many of 1 .. n have no factor in common with n."""
    result = n
    for p, _ in factorize(n):
        result -= result // p
    return result
