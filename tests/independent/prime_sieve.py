"""Independent solution of prime_sieve: Sundaram, Euler's linear sieve, and Miller-Rabin far out."""

_PRESIEVE = 2_000
_WITNESSES = (2, 3, 5, 7, 11)  # decide all numbers below 2_152_302_898_747


def primes_upto(n: int) -> list[int]:
    """Return the primes up to n, n included, ascending; n is at most 1,000,000.

    Sundaram: place i stands for the odd number 2i + 1. It is composite where i is
    a + b + 2ab for some a, b >= 1.
    """
    if n < 2:
        return []
    size = (n + 1) // 2
    composite = bytearray(size)
    a = 1
    while 2 * a * (a + 1) < size:
        if not composite[a]:
            places = range(2 * a * (a + 1), size, 2 * a + 1)
            composite[places.start : size : places.step] = b"\x01" * len(places)
        a += 1
    return [2, *(2 * i + 1 for i in range(1, size) if not composite[i])]


def smallest_factor(n: int) -> list[int]:
    """Return a list of n + 1 entries: at x >= 2 the smallest prime that divides x.

    Entries 0 and 1 are 0 and 1. For negative n the list is empty. n is at most 300,000. Euler:
    each composite is reached once, from its greatest proper divisor.
    """
    if n < 2:
        return list(range(n + 1))
    factor = [0] * (n + 1)
    factor[1] = 1
    primes: list[int] = []
    for x in range(2, n + 1):
        least = factor[x]
        if not least:
            factor[x] = least = x
            primes.append(x)
        for prime in primes:
            if prime > least or prime * x > n:
                break
            factor[prime * x] = prime
    return factor


def _probably_prime(n: int) -> bool:
    """Tell whether an odd n > 11 is prime; certain for all n below 2.15 * 10**12."""
    odd = n - 1
    twos = (odd & -odd).bit_length() - 1
    odd >>= twos
    for base in _WITNESSES:
        power = pow(base, odd, n)
        if power in (1, n - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % n
            if power == n - 1:
                break
        else:
            return False
    return True


def primes_between(lo: int, hi: int) -> list[int]:
    """Return the primes p with lo <= p < hi, ascending.

    hi is at most 10**12 + 10**6, and hi - lo at most 100,000. Small primes cross out most
    numbers; the few that are left are tested one by one.
    """
    lo = max(lo, 2)
    if hi <= lo:
        return []
    size = hi - lo
    composite = bytearray(size)
    for prime in primes_upto(_PRESIEVE):
        first = max(prime * prime, -(-lo // prime) * prime)
        places = range(first - lo, size, prime)
        if places:
            composite[places.start : size : prime] = b"\x01" * len(places)
    settled = _PRESIEVE * _PRESIEVE
    left = (lo + i for i in range(size) if not composite[i])
    return [n for n in left if n <= settled or _probably_prime(n)]
