"""What house_takings must do: choose without neighbours, on short streets and on long ones."""

import pytest

from graders.kit import checked
from house_takings import best_takings


def test_totals_of_the_examples():
    assert best_takings([2, 7, 9, 3, 1]) == 12
    assert best_takings([5, 1, 1, 5]) == 10
    assert best_takings([4, 5, 4]) == 8


def test_one_house_or_none():
    assert best_takings([]) == 0
    assert best_takings([6]) == 6
    assert best_takings([0]) == 0


def test_of_two_neighbours_only_one_is_visited():
    assert best_takings([3, 8]) == 8
    assert best_takings([8, 3]) == 8
    assert best_takings([7, 7]) == 7


def test_two_houses_in_a_row_may_be_left_out():
    assert best_takings([9, 1, 2, 9]) == 18
    assert best_takings([1, 8, 2, 3, 8, 1]) == 16
    assert best_takings([6, 0, 0, 6, 0, 0, 6]) == 18


def test_the_richest_house_may_be_passed_over():
    assert best_takings([9, 10, 9]) == 18
    assert best_takings([1, 8, 9, 8, 1]) == 16


def test_the_list_stays_as_it_was():
    assert checked(best_takings, [5, 1, 1, 5]) == (10, ([5, 1, 1, 5],))


@pytest.mark.perf
def test_forty_five_houses_do_not_take_exponential_time():
    assert best_takings([1] * 45) == 23
    assert best_takings([3, 1, 1] * 15) == 46


@pytest.mark.perf
def test_a_street_of_twenty_thousand_houses(rng):
    rich = rng.choices(range(20, 41), k=5_000)
    poor = iter(rng.choices(range(10), k=10_000))
    street = [amount for each in rich for amount in (each, next(poor), 0, next(poor))]
    assert best_takings(street[:-1]) == sum(rich)
