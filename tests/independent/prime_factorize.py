"""Independent solution of prime_factorize: Baillie-PSW test, square forms (SQUFOF), then rho.

No composite number below 2**64 passes the Baillie-PSW test: all strong pseudoprimes to base 2 up
to there are known, and none of them is a strong Lucas pseudoprime.
"""

import math
from itertools import count

_SMALL = [p for p in range(2, 1000) if all(p % d for d in range(2, math.isqrt(p) + 1))]
_MULTIPLIERS = [
    math.prod(chosen)
    for chosen in [(1,), (3,), (5,), (7,), (11,), (3, 5), (3, 7), (3, 11), (5, 7), (5, 11),
                   (7, 11), (3, 5, 7), (3, 5, 11), (3, 7, 11), (5, 7, 11), (3, 5, 7, 11)]
]


def _is_strong_probable_prime(n: int) -> bool:
    """Miller-Rabin to base 2, for odd n > 2."""
    twos = ((n - 1) & (1 - n)).bit_length() - 1
    x = pow(2, (n - 1) >> twos, n)
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


def _jacobi(a: int, n: int) -> int:
    a %= n
    sign = 1
    while a:
        twos = (a & -a).bit_length() - 1
        a >>= twos
        if twos % 2 and n % 8 in (3, 5):
            sign = -sign
        if a % 4 == 3 and n % 4 == 3:
            sign = -sign
        a, n = n % a, a
    return sign if n == 1 else 0


def _is_strong_lucas_probable_prime(n: int) -> bool:
    """Strong Lucas test with Selfridge's parameters, for odd n > 2 that is no square."""
    d = 5
    while (symbol := _jacobi(d, n)) != -1:
        if symbol == 0 and abs(d) % n:
            return False
        d = -d - 2 if d > 0 else 2 - d
    q = (1 - d) // 4
    twos = ((n + 1) & -(n + 1)).bit_length() - 1
    half = (n + 1) // 2  # the inverse of 2
    u, v, power = 1, 1, q % n  # U, V and q**k for k = 1; P is 1
    for digit in bin((n + 1) >> twos)[3:]:
        u, v, power = u * v % n, (v * v - 2 * power) % n, power * power % n
        if digit == "1":
            u, v, power = (u + v) * half % n, (d * u + v) * half % n, power * q % n
    if u == 0 or v == 0:
        return True
    for _ in range(twos - 1):
        v, power = (v * v - 2 * power) % n, power * power % n
        if v == 0:
            return True
    return False


def is_prime(n: int) -> bool:
    """Return whether n is prime, without error or chance; n is less than 2**64.

    Numbers below 2, negative ones included, are not prime.
    """
    if n < 2:
        return False
    for p in _SMALL[:25]:
        if n % p == 0:
            return n == p
    if n < 101 * 101:
        return True
    if not _is_strong_probable_prime(n) or math.isqrt(n) ** 2 == n:
        return False
    return _is_strong_lucas_probable_prime(n)


def _square_forms(n: int, multiplier: int) -> int:
    """Return a proper factor of n found by Shanks' square forms, or 1 where this fails.

    Walks along the continued fraction of the root of multiplier * n to a square at an even place,
    and from its root back to a place where the walk is symmetrical.
    """
    product = multiplier * n
    root = math.isqrt(product)
    if root * root == product:
        return 1
    p, q_before, q = root, 1, product - root * root
    limit = 6 * math.isqrt(2 * root) + 10
    for step in range(2, limit):
        b = (root + p) // q
        p_next = b * q - p
        q_before, q = q, q_before + b * (p - p_next)
        p = p_next
        if step % 2 or q & 2 or (r := math.isqrt(q)) * r != q:
            continue
        factor = _walk_back(n, product, root, p, r, limit)
        if 1 < factor < n:
            return factor
    return 1


def _walk_back(n: int, product: int, root: int, p: int, r: int, limit: int) -> int:
    p += (root - p) // r * r
    q_before, q = r, (product - p * p) // r
    for _ in range(limit):
        if not q:
            return 1
        b = (root + p) // q
        p_next = b * q - p
        if p_next == p:
            return math.gcd(n, p)
        q_before, q = q, q_before + b * (p - p_next)
        p = p_next
    return 1


def _rho(n: int) -> int:
    """Return a proper factor of a composite n: Pollard's walk, for what square forms leave."""
    for c in count(1):
        slow = fast = 2
        factor = 1
        while factor == 1:
            slow = (slow * slow + c) % n
            fast = (fast * fast + c) % n
            fast = (fast * fast + c) % n
            factor = math.gcd(slow - fast, n)
        if factor < n:
            return factor
    raise AssertionError


def _proper_factor(n: int) -> int:
    """Return a proper factor of a composite n without small factors."""
    root = math.isqrt(n)
    if root * root == n:
        return root
    third = round(n ** (1 / 3))  # square forms never split a cube
    if third**3 == n:
        return third
    for multiplier in _MULTIPLIERS:
        factor = _square_forms(n, multiplier)
        if factor > 1:
            return factor
    return _rho(n)


def factorize(n: int) -> list[tuple[int, int]]:
    """Return (prime, exponent) for each prime that divides n, ascending; 1 gives [].

    n is less than 2**64. Raises ValueError if n < 1.
    """
    if n < 1:
        raise ValueError(f"only numbers from 1 on have factors, not {n}")
    exponents: dict[int, int] = {}
    for p in _SMALL:
        while n % p == 0:
            exponents[p] = exponents.get(p, 0) + 1
            n //= p
    left = [n] if n > 1 else []
    while left:
        part = left.pop()
        if is_prime(part):
            exponents[part] = exponents.get(part, 0) + 1
        else:
            factor = _proper_factor(part)
            left += [factor, part // factor]
    return sorted(exponents.items())


def totient(n: int) -> int:
    """Return how many of 1 .. n have no factor in common with n; n is less than 2**64.

    Raises ValueError if n < 1.
    """
    result = n
    for p, _ in factorize(n):
        result -= result // p
    return result
