"""Hidden suite of prime_sieve: every small end against division, and stretches far out."""

import pytest

from graders.kit import call_many
from prime_sieve import primes_between, primes_upto, smallest_factor


def least_divisor(x):
    """Return the smallest divisor of x above 1, by trial."""
    return next((d for d in range(2, int(x**0.5) + 1) if x % d == 0), x)


SMALL = [x for x in range(2, 500) if least_divisor(x) == x]


def witness(x):
    """Tell whether x, odd and below 3.4 * 10**14, is prime: Miller and Rabin with seven bases."""
    twos = (x - 1 & 1 - x).bit_length() - 1
    for base in (2, 3, 5, 7, 11, 13, 17):
        power = pow(base, x - 1 >> twos, x)
        if power != 1 and all(pow(power, 1 << k, x) != x - 1 for k in range(twos)):
            return False
    return True


@pytest.mark.stage(1)
def test_primes_up_to_every_small_end():
    ends = [(n,) for n in range(-3, 180)]
    expected = [[p for p in SMALL if p <= n] for (n,) in ends]
    assert call_many(primes_upto, ends) == expected


@pytest.mark.stage(2)
def test_smallest_factors_up_to_every_small_end():
    table = [0, 1] + [least_divisor(x) for x in range(2, 130)]
    ends = [(n,) for n in range(-3, 130)]
    assert call_many(smallest_factor, ends) == [table[: max(n + 1, 0)] for (n,) in ends]


@pytest.mark.stage(3)
def test_small_stretches_anywhere(rng):
    asked = [(rng.randint(-5, 400), rng.randint(-5, 450)) for _ in range(150)]
    expected = [[p for p in SMALL if lo <= p < hi] for lo, hi in asked]
    assert call_many(primes_between, asked) == expected


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_stretch_at_random_far_out(rng):
    lo = 10**11 - rng.randrange(10**6)
    expected = [x for x in range(lo | 1, lo + 300, 2) if witness(x)]
    assert primes_between(lo, lo + 300) == expected
