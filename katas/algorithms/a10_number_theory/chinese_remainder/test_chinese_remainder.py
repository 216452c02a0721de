"""What chinese_remainder must do: merge congruences of any moduli; digits of mixed radix."""

import math

import pytest

from chinese_remainder import NoSolution, crt, garner
from graders.kit import Raised, call_many, checked


def names(results):
    """Return the name of each error that was kept, and other results as they are."""
    return [each.name if isinstance(each, Raised) else each for each in results]


@pytest.mark.stage(1)
def test_moduli_without_common_factors():
    asked = [([2, 3, 2], [3, 5, 7]), ([1, 2], [2, 3]), ([4], [9]), ([0, 0], [4, 9])]
    assert call_many(crt, asked) == [(23, 105), (5, 6), (4, 9), (0, 36)]


@pytest.mark.stage(1)
def test_moduli_with_common_factors_count_to_their_least_common_multiple():
    asked = [([1, 3], [6, 4]), ([3, 5], [10, 12]), ([1, 1], [4, 4]), ([5, 1, 9], [8, 4, 12])]
    assert call_many(crt, asked) == [(7, 12), (53, 60), (1, 4), (21, 24)]


@pytest.mark.stage(1)
def test_remainders_that_contradict_each_other():
    for residues, moduli in [([1, 2], [4, 6]), ([0, 1], [5, 5]), ([1, 2, 3], [3, 5, 9])]:
        with pytest.raises(NoSolution):
            crt(residues, moduli)


@pytest.mark.stage(1)
def test_any_integer_is_a_remainder():
    asked = [([-1, 12], [5, 7]), ([8, -2], [3, 5]), ([100], [7]), ([-1], [4]), ([-9, 15], [6, 4])]
    assert call_many(crt, asked) == [(19, 35), (8, 15), (2, 7), (3, 4), (3, 12)]


@pytest.mark.stage(1)
def test_the_modulus_one_and_empty_lists_say_nothing():
    asked = [([], []), ([5], [1]), ([3, 9], [4, 1]), ([0, 3], [1, 4])]
    assert call_many(crt, asked) == [(0, 1), (0, 1), (3, 4), (3, 4)]


@pytest.mark.stage(1)
def test_merging_refuses_what_are_no_lists_of_congruences():
    asked = [([1], []), ([], [3]), ([1, 2], [3]), ([1], [0]), ([1], [-3]), ([0, 1], [2, 0])]
    assert names(call_many(crt, asked, errors="keep")) == ["ValueError"] * 6


@pytest.mark.stage(1)
def test_leaves_the_lists_as_they_were():
    assert checked(crt, [9, 5], [4, 6]) == ((5, 12), ([9, 5], [4, 6]))


@pytest.mark.stage(2)
def test_digits_of_the_soldiers():
    assert garner([2, 3, 2], [3, 5, 7]) == [2, 2, 1]
    assert garner([2, 3, 2], [7, 5, 3]) == [2, 3, 0]


@pytest.mark.stage(2)
def test_digits_of_small_numbers_and_of_the_largest():
    asked = [([1, 1, 1], [2, 3, 5]), ([1, 2, 4], [2, 3, 5]), ([-1, -1], [9, 4]), ([], [])]
    assert call_many(garner, asked) == [[1, 0, 0], [1, 2, 4], [8, 3], []]
    assert call_many(garner, [([3, 7], [1, 4]), ([13, 9], [10, 1])]) == [[0, 3], [3, 0]]


@pytest.mark.stage(2)
def test_digits_refuse_common_factors_and_what_are_no_lists_of_congruences():
    asked = [([1, 3], [6, 4]), ([1, 2], [4, 6]), ([0, 1, 0], [9, 5, 3]), ([2, 2], [5, 5])]
    asked += [([1], []), ([1, 2], [3]), ([1], [0]), ([0, 1], [3, -2])]
    assert names(call_many(garner, asked, errors="keep")) == ["ValueError"] * 8


@pytest.mark.perf
@pytest.mark.stage(1)
def test_three_hundred_moduli_near_a_million(rng):
    moduli = rng.sample(range(900_000, 1_000_000), 300)
    step = math.lcm(*moduli)
    hidden = rng.randrange(step)
    assert crt([hidden % m for m in moduli], moduli) == (hidden, step)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_two_hundred_digits(rng):
    moduli = [10**6]
    while len(moduli) < 200:
        following = moduli[-1] + 1
        while any(math.gcd(following, m) > 1 for m in moduli):
            following += 1
        moduli.append(following)
    digits = [rng.randrange(m // 2, m) for m in moduli]
    number, weight = 0, 1
    for digit, modulus in zip(digits, moduli, strict=True):
        number, weight = number + digit * weight, weight * modulus
    assert garner([number % m for m in moduli], moduli) == digits
