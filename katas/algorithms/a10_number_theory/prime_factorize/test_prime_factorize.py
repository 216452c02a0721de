"""What prime_factorize must do: prime or not, the factors, the totient, up to 2**64."""

import pytest

from graders.kit import Raised, call_many
from prime_factorize import factorize, is_prime, totient

LARGEST = 18_446_744_073_709_551_557  # the largest prime below 2**64
P, Q = 4_294_967_291, 4_294_967_279  # the two largest primes below 2**32


def names(results):
    """Return the name of each error that was kept, and other results as they are."""
    return [each.name if isinstance(each, Raised) else each for each in results]


@pytest.mark.stage(1)
def test_primes_up_to_fifty():
    answers = call_many(is_prime, [(n,) for n in range(51)])
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
    assert [n for n, answer in enumerate(answers) if answer] == primes
    assert all(answer in (True, False) for answer in answers)


@pytest.mark.stage(1)
def test_numbers_below_two_are_not_prime():
    assert call_many(is_prime, [(1,), (0,), (-1,), (-2,), (-7,)]) == [False] * 5


@pytest.mark.stage(1)
def test_carmichael_numbers_are_not_prime():
    carmichael = [561, 1_105, 1_729, 294_409, 56_052_361, 118_901_521, 172_947_529]
    assert call_many(is_prime, [(n,) for n in carmichael]) == [False] * 7


@pytest.mark.stage(1)
def test_numbers_that_pass_the_first_bases_are_not_prime():
    strong = [2_047, 1_373_653, 25_326_001, 3_215_031_751, 2_152_302_898_747, 3_474_749_660_383]
    assert call_many(is_prime, [(n,) for n in strong]) == [False] * 6
    assert is_prime(3_825_123_056_546_413_051) is False


@pytest.mark.stage(1)
def test_squares_of_primes_are_not_prime():
    roots = [2, 3, 5, 37, 41, 101, 9_973, 65_537]
    assert call_many(is_prime, [(p * p,) for p in roots]) == [False] * 8


@pytest.mark.stage(2)
def test_factors_of_the_examples():
    assert factorize(360) == [(2, 3), (3, 2), (5, 1)]
    assert factorize(600_851_475_143) == [(71, 1), (839, 1), (1_471, 1), (6_857, 1)]
    assert factorize(2**64 - 1) == [
        (3, 1),
        (5, 1),
        (17, 1),
        (257, 1),
        (641, 1),
        (65_537, 1),
        (6_700_417, 1),
    ]


@pytest.mark.stage(2)
def test_one_has_no_prime_factor_and_a_prime_has_one():
    asked = [(1,), (2,), (3,), (37,), (41,), (97,), (65_537,)]
    primes = [[(p, 1)] for p in (2, 3, 37, 41, 97, 65_537)]
    assert call_many(factorize, asked) == [[], *primes]


@pytest.mark.stage(2)
def test_powers_of_one_prime():
    powers = [(2, 2), (2, 3), (5, 2), (7, 2), (2, 63), (3, 40), (41, 2), (43, 3), (101, 4)]
    assert call_many(factorize, [(p**e,) for p, e in powers]) == [[each] for each in powers]


@pytest.mark.stage(2)
def test_repeated_primes_come_once_and_ascending():
    asked = [(101**2 * 103**2,), (2 * 9_973**2,), (6_700_417 * 641 * 2,), (53 * 47 * 43 * 41,)]
    assert call_many(factorize, asked) == [
        [(101, 2), (103, 2)],
        [(2, 1), (9_973, 2)],
        [(2, 1), (641, 1), (6_700_417, 1)],
        [(41, 1), (43, 1), (47, 1), (53, 1)],
    ]


@pytest.mark.stage(2)
def test_there_are_no_factors_below_one():
    assert names(call_many(factorize, [(0,), (-1,), (-12,)], errors="keep")) == ["ValueError"] * 3


@pytest.mark.stage(3)
def test_totients_of_small_numbers():
    answers = call_many(totient, [(n,) for n in range(1, 21)])
    assert answers == [1, 1, 2, 2, 4, 2, 6, 4, 6, 4, 10, 4, 12, 6, 8, 8, 16, 6, 18, 8]
    assert call_many(totient, [(360,), (2**63,), (3**40,)]) == [96, 2**62, 2 * 3**39]
    assert totient(2**64 - 1) == 9_208_981_628_670_443_520


@pytest.mark.stage(3)
def test_there_is_no_totient_below_one():
    assert names(call_many(totient, [(0,), (-5,)], errors="keep")) == ["ValueError"] * 2


@pytest.mark.perf
@pytest.mark.stage(1)
def test_hundreds_of_primes_near_two_to_the_sixty_four():
    primes = [(LARGEST,), (2**61 - 1,), (999_999_999_999_999_989,)] * 100
    assert call_many(is_prime, primes) == [True] * 300
    composite = [(P * Q,), (P * P,), (341_550_071_728_321,), (2**64 - 1,)]
    assert call_many(is_prime, composite) == [False] * 4


@pytest.mark.perf
@pytest.mark.stage(2)
def test_two_primes_near_a_thousand_million():
    assert factorize(999_999_866_000_004_473) == [(999_999_929, 1), (999_999_937, 1)]
    assert factorize(2**61 - 1) == [(2**61 - 1, 1)]
    assert factorize(999_983**3) == [(999_983, 3)]
    assert factorize(999_999_937**2) == [(999_999_937, 2)]
