"""Hidden suite of euclid_gcd: the standard library, properties, and equations by trial."""

import math

import pytest

from euclid_gcd import extended_gcd, gcd, mod_inverse, solve_linear
from graders.kit import Raised, call_many

SIZES = (9, 200, 10**6, 10**18, 2**200)


def pairs(rng, count, least=0):
    """Return pairs of integers of very different sizes, many with a common factor."""
    found = []
    for _ in range(count):
        common = rng.randint(1, 30)
        found.append(tuple(common * rng.randint(least, rng.choice(SIZES)) for _ in "ab"))
    return found


def check_divisors(asked):
    """Compare with the standard library."""
    assert call_many(gcd, asked) == [math.gcd(a, b) for a, b in asked]


@pytest.mark.stage(1)
def test_gcd_agrees_with_the_standard_library(rng):
    check_divisors([(rng.randint(-99, 99), rng.randint(-99, 99)) for _ in range(150)])


@pytest.mark.perf
@pytest.mark.stage(1)
def test_gcd_of_large_numbers_agrees_with_the_standard_library(rng):
    check_divisors([(a * rng.choice((1, -1)), b) for a, b in pairs(rng, 100)])


@pytest.mark.stage(2)
def test_coefficients_give_the_divisor_and_x_is_in_range(rng):
    asked = pairs(rng, 150) + [(a, b) for a in range(6) for b in range(6)]
    for (a, b), (g, x, y) in zip(asked, call_many(extended_gcd, asked), strict=True):
        assert g == math.gcd(a, b), (a, b)
        assert a * x + b * y == g, (a, b)
        assert b == 0 or 0 <= x < b // g, (a, b)


def check_inverses(asked):
    """Compare with the standard library, which raises ValueError too where there is none."""
    for (a, m), got in zip(asked, call_many(mod_inverse, asked, errors="keep"), strict=True):
        if math.gcd(a, m) == 1:
            assert got == pow(a, -1, m), (a, m)
        else:
            assert isinstance(got, Raised), (a, m)
            assert got.name == "ValueError", (a, m)


@pytest.mark.stage(3)
def test_inverses_agree_with_the_standard_library(rng):
    check_inverses([(rng.randint(-200, 200), rng.randint(1, 99)) for _ in range(120)])


@pytest.mark.perf
@pytest.mark.stage(3)
def test_inverses_for_large_moduli_agree_with_the_standard_library(rng):
    check_inverses([(rng.choice((1, -1)) * a, m + 10**12) for a, m in pairs(rng, 80)])


@pytest.mark.stage(3)
def test_equations_agree_with_trial(rng):
    asked = [(rng.randint(1, 20), rng.randint(1, 20), rng.randint(-60, 60)) for _ in range(150)]
    for (a, b, c), got in zip(asked, call_many(solve_linear, asked), strict=True):
        by_trial = [(x, (c - a * x) // b) for x in range(b) if (c - a * x) % b == 0]
        assert got == (by_trial[0] if by_trial else None), (a, b, c)


@pytest.mark.stage(4)
def test_long_numbers_at_random(rng):
    g = rng.getrandbits(600) | 1
    a, b = rng.getrandbits(4_000) * g, (rng.getrandbits(4_000) | 1) * g
    assert gcd(a, b) == math.gcd(a, b)
    c = math.gcd(a, b) * rng.getrandbits(300)
    x, y = solve_linear(a, b, c)
    assert 0 <= x < b // math.gcd(a, b)
    assert a * x + b * y == c
