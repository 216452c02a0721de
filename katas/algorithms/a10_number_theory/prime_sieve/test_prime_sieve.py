"""What prime_sieve must do: primes up to n, smallest factors, the primes of a stretch."""

import pytest

from graders.kit import call_many
from prime_sieve import primes_between, primes_upto, smallest_factor


@pytest.mark.stage(1)
def test_primes_of_the_examples():
    assert primes_upto(13) == [2, 3, 5, 7, 11, 13]
    assert primes_upto(30) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]


@pytest.mark.stage(1)
def test_there_are_no_primes_below_two():
    assert call_many(primes_upto, [(1,), (0,), (-1,), (-30,)]) == [[], [], [], []]
    assert call_many(primes_upto, [(2,), (3,), (4,)]) == [[2], [2, 3], [2, 3]]


@pytest.mark.stage(1)
def test_squares_of_primes_are_crossed_out_at_the_very_end():
    ends = [(9,), (25,), (49,), (121,)]
    assert [each[-1] for each in call_many(primes_upto, ends)] == [7, 23, 47, 113]


@pytest.mark.stage(1)
def test_there_are_as_many_primes_as_known():
    counts = [len(each) for each in call_many(primes_upto, [(10,), (100,), (1_000,), (10_000,)])]
    assert counts == [4, 25, 168, 1_229]


@pytest.mark.stage(2)
def test_smallest_factors_up_to_thirty():
    assert smallest_factor(10) == [0, 1, 2, 3, 2, 5, 2, 7, 2, 3, 2]
    assert smallest_factor(30)[20:] == [2, 3, 2, 23, 2, 5, 2, 3, 2, 29, 2]
    assert smallest_factor(49)[49] == 7


@pytest.mark.stage(2)
def test_smallest_factors_of_next_to_nothing():
    asked = [(-1,), (0,), (1,), (2,)]
    assert call_many(smallest_factor, asked) == [[], [0], [0, 1], [0, 1, 2]]


@pytest.mark.stage(3)
def test_a_stretch_ends_before_its_end():
    assert primes_between(0, 7) == [2, 3, 5]
    assert primes_between(7, 12) == [7, 11]
    assert primes_between(100, 120) == [101, 103, 107, 109, 113]


@pytest.mark.stage(3)
def test_a_stretch_around_the_square_of_a_prime():
    asked = [(24, 26), (120, 122), (4, 5), (9, 10), (47, 54)]
    assert call_many(primes_between, asked) == [[], [], [], [], [47, 53]]


@pytest.mark.stage(3)
def test_a_stretch_keeps_the_small_primes():
    assert primes_between(2, 30) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    assert primes_between(3, 4) == [3]


@pytest.mark.stage(3)
def test_a_stretch_below_two_or_the_wrong_way_round_is_empty():
    asked = [(-10, 2), (5, 5), (20, 10), (-10, 3), (0, 0)]
    assert call_many(primes_between, asked) == [[], [], [], [2], []]


@pytest.mark.perf
@pytest.mark.stage(1)
def test_primes_up_to_a_million():
    primes = primes_upto(1_000_000)
    assert len(primes) == 78_498
    assert primes[-1] == 999_983
    assert sum(primes) == 37_550_402_023


@pytest.mark.perf
@pytest.mark.stage(2)
def test_smallest_factors_up_to_three_hundred_thousand():
    table = smallest_factor(300_000)
    assert table[:4] == [0, 1, 2, 3]
    assert table[299_993] == 299_993
    assert table[541 * 547] == 541
    assert table[523 * 541] == 523


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_hundred_thousand_numbers_from_a_million_million_on():
    primes = primes_between(10**12, 10**12 + 100_000)
    assert [p - 10**12 for p in primes[:4]] == [39, 61, 63, 91]
    assert len(primes) == 3_614
    assert primes[-1] == 1_000_000_099_841


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_stretch_that_ends_at_the_square_of_a_large_prime():
    square = 99_991**2
    assert primes_between(square - 60, square + 1) == [square - 48, square - 24, square - 20]
