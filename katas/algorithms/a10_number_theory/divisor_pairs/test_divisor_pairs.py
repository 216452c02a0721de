"""What divisor_pairs must do: ascending, complete, each once, and fast near 10**10."""

from itertools import pairwise

import pytest

from divisor_pairs import divisors
from graders.kit import call_many


def test_divisors_of_the_examples():
    assert divisors(28) == [1, 2, 4, 7, 14, 28]
    assert divisors(36) == [1, 2, 3, 4, 6, 9, 12, 18, 36]


def test_one_has_one_divisor_and_a_prime_has_two():
    assert divisors(1) == [1]
    assert call_many(divisors, [(2,), (3,), (7,), (97,)]) == [[1, 2], [1, 3], [1, 7], [1, 97]]


def test_the_root_of_a_square_comes_once():
    assert call_many(divisors, [(4,), (9,), (49,)]) == [[1, 2, 4], [1, 3, 9], [1, 7, 49]]
    assert divisors(144) == [1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 36, 48, 72, 144]


def test_neighbours_around_the_root_form_a_pair():
    assert call_many(divisors, [(6,), (12,)]) == [[1, 2, 3, 6], [1, 2, 3, 4, 6, 12]]
    assert divisors(90) == [1, 2, 3, 5, 6, 9, 10, 15, 18, 30, 45, 90]


@pytest.mark.perf
def test_a_prime_and_a_square_of_a_prime_near_ten_billion():
    assert divisors(9_999_999_967) == [1, 9_999_999_967]
    assert divisors(99_991**2) == [1, 99_991, 99_991**2]


@pytest.mark.perf
def test_a_number_with_very_many_divisors():
    found = divisors(6_983_776_800)
    assert len(found) == 2_304
    assert found[:8] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found[1151:1153] == [83_538, 83_600]
    assert found[-2:] == [3_491_888_400, 6_983_776_800]
    assert all(low < high for low, high in pairwise(found))
