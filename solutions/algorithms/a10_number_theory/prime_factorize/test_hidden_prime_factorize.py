"""Hidden suite of prime_factorize: small numbers by trial, large ones built from primes."""

import math

import pytest

from graders.kit import call_many
from prime_factorize import factorize, is_prime, totient


def by_trial(n):
    """Return (prime, exponent) for each prime that divides a small n."""
    found, p = [], 2
    while n > 1:
        exponent = 0
        while n % p == 0:
            n, exponent = n // p, exponent + 1
        if exponent:
            found.append((p, exponent))
        p += 1
    return found


def prime_near(n):
    """Return the first prime from an odd n on: Miller and Rabin with the twelve bases."""
    while True:
        odd = (n - 1) // ((n - 1) & (1 - n))
        for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
            power, rest = pow(base, odd, n), odd
            while rest != n - 1 and power not in (1, n - 1):
                power, rest = power * power % n, rest * 2
            if power != n - 1 and (power != 1 or rest % 2 == 0):
                break
        else:
            return n
        n += 2


@pytest.mark.stage(1)
def test_every_small_number_is_judged_as_trial_division_does():
    answers = call_many(is_prime, [(n,) for n in range(2, 1_200)])
    assert answers == [by_trial(n) == [(n, 1)] for n in range(2, 1_200)]


@pytest.mark.stage(1)
def test_primes_and_their_products_at_random(rng):
    primes = [prime_near(rng.randrange(2**bits, 2 ** (bits + 1)) | 1) for bits in range(10, 29)]
    assert call_many(is_prime, [(p,) for p in primes]) == [True] * len(primes)
    products = [(p * rng.choice(primes[:6]),) for p in primes]
    assert call_many(is_prime, products) == [False] * len(products)


@pytest.mark.stage(2)
def test_every_small_number_falls_apart_as_by_trial_division():
    asked = [(n,) for n in range(1, 600)]
    assert call_many(factorize, asked) == [by_trial(n) for (n,) in asked]


def check_products(rng, sizes):
    """Compare products of powers of two primes of about so many bits with what they are."""
    asked, expected = [], []
    for bits in sizes:
        p = prime_near(rng.randrange(2**bits, 2 ** (bits + 1)) | 1)
        q = prime_near(rng.randrange(2**bits, 2 ** (bits + 1)) | 1)
        exponent = min(3, 62 // (2 * bits + 2))
        number = p**exponent * q**exponent
        asked.append((number,))
        pairs = {p: exponent, q: exponent} if p != q else {p: 2 * exponent}
        expected.append(sorted(pairs.items()))
    assert call_many(factorize, asked) == expected


@pytest.mark.stage(2)
def test_products_of_short_primes(rng):
    check_products(rng, (6, 8, 10, 12, 14, 16))


@pytest.mark.perf
@pytest.mark.stage(2)
def test_products_of_long_primes(rng):
    check_products(rng, (20, 24, 28))


@pytest.mark.stage(3)
def test_totients_of_small_numbers_by_counting():
    answers = call_many(totient, [(n,) for n in range(1, 150)])
    assert answers == [sum(math.gcd(k, n) == 1 for k in range(1, n + 1)) for n in range(1, 150)]
