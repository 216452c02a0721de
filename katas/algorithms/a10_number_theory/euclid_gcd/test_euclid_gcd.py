"""What euclid_gcd must do: divisors, coefficients, inverses, equations, and long numbers."""

import pytest

from euclid_gcd import extended_gcd, gcd, mod_inverse, solve_linear
from graders.kit import Raised, call_many


def fibonacci(n):
    """Return the n-th and the next Fibonacci number."""
    low, high = 0, 1
    for _ in range(n):
        low, high = high, low + high
    return low, high


@pytest.mark.stage(1)
def test_gcd_of_two_positive_numbers():
    pairs = [(48, 36), (36, 48), (17, 5), (7, 7), (1, 9), (100, 25)]
    assert call_many(gcd, pairs) == [12, 12, 1, 7, 1, 25]


@pytest.mark.stage(1)
def test_gcd_with_zero_is_the_other_number():
    assert call_many(gcd, [(0, 5), (5, 0), (0, -5), (-5, 0), (0, 0)]) == [5, 5, 5, 5, 0]


@pytest.mark.stage(1)
def test_gcd_ignores_signs():
    assert call_many(gcd, [(-12, 18), (12, -18), (-12, -18), (-7, 7)]) == [6, 6, 6, 7]


@pytest.mark.stage(2)
def test_coefficients_of_the_examples():
    assert extended_gcd(240, 46) == (2, 14, -73)
    assert extended_gcd(46, 240) == (2, 47, -9)
    assert extended_gcd(3, 11) == (1, 4, -1)


@pytest.mark.stage(2)
def test_coefficients_with_zeros():
    assert call_many(extended_gcd, [(0, 5), (5, 0), (0, 0)]) == [(5, 0, 1), (5, 1, 0), (0, 0, 0)]


@pytest.mark.stage(2)
def test_x_is_less_than_b_over_g_and_not_negative():
    pairs = [(7, 7), (12, 4), (4, 12), (1, 1), (35, 15), (15, 35)]
    expected = [(7, 0, 1), (4, 0, 1), (4, 1, 0), (1, 0, 1), (5, 1, -2), (5, 5, -2)]
    assert call_many(extended_gcd, pairs) == expected


@pytest.mark.stage(3)
def test_inverses_lie_between_zero_and_the_modulus():
    pairs = [(3, 11), (10, 17), (3, 10), (7, 15), (14, 11), (-3, 11), (5, 1), (1, 2)]
    assert call_many(mod_inverse, pairs) == [4, 12, 7, 13, 4, 7, 0, 1]


@pytest.mark.stage(3)
def test_no_inverse_is_an_error():
    bad = [(2, 4), (0, 7), (6, 9), (3, 0), (3, -5)]
    results = call_many(mod_inverse, bad, errors="keep")
    assert [each.name if isinstance(each, Raised) else each for each in results] == (
        ["ValueError"] * 5
    )


@pytest.mark.stage(3)
def test_equations_that_have_a_solution():
    calls = [(6, 9, 21), (3, 5, 1), (5, 3, 0), (4, 6, -2), (7, 2, 100), (2, 2, 4)]
    expected = [(2, 1), (2, -1), (0, 0), (1, -1), (0, 50), (0, 2)]
    assert call_many(solve_linear, calls) == expected


@pytest.mark.stage(3)
def test_equations_that_have_none():
    assert call_many(solve_linear, [(6, 9, 20), (2, 4, 1), (10, 5, -3)]) == [None, None, None]


@pytest.mark.stage(4)
def test_common_divisor_and_coefficients_of_long_fibonacci_numbers():
    low, high = fibonacci(5_999)
    assert gcd(high, low) == 1
    assert gcd(12 * low, 12 * high) == 12
    g, x, y = extended_gcd(high, low)
    assert g == 1
    assert 0 <= x < low
    assert high * x + low * y == 1


@pytest.mark.stage(4)
def test_inverse_and_equation_of_long_fibonacci_numbers():
    low, high = fibonacci(5_999)
    assert mod_inverse(low, high) * low % high == 1
    x, y = solve_linear(2 * high, 2 * low, 10)
    assert 0 <= x < low
    assert high * x + low * y == 5


@pytest.mark.perf
@pytest.mark.stage(1)
def test_common_divisor_of_a_large_and_a_small_number():
    assert call_many(gcd, [(10**18, 3), (3, 10**18), (10**18, 6)]) == [1, 1, 2]


@pytest.mark.perf
@pytest.mark.stage(3)
def test_inverse_and_equation_far_out():
    assert mod_inverse(3, 10**12 + 39) == 666_666_666_693
    assert solve_linear(3, 10**12 + 39, 2) == (333_333_333_347, -1)
