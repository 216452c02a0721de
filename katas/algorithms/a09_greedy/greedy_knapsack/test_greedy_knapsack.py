"""What greedy_knapsack must do: exact values of cut items, half the best of whole ones."""

from fractions import Fraction
from math import gcd

import pytest

from graders.kit import checked
from greedy_knapsack import fractional, greedy_01


def check_fractional(capacity, items, best):
    """Check value and parts of a fractional knapsack whose greatest value is `best`."""
    (num, den), parts = fractional(capacity, items)
    few = f"{items} gave {parts}" if len(items) < 20 else f"{len(items)} items"
    shown = f"fractional({capacity}, …) of {few}"
    assert (num, den) == (best.numerator, best.denominator), f"{shown}: the value is {best}"
    weight = value = Fraction(0)
    for at, part, whole in parts:
        assert 0 <= at < len(items), f"{shown}: no item {at}"
        assert 0 < part <= whole and gcd(part, whole) == 1, f"{shown}: part {part}/{whole}"
        weight += Fraction(part, whole) * items[at][0]
        value += Fraction(part, whole) * items[at][1]
    assert len({at for at, _, _ in parts}) == len(parts), f"{shown}: an item twice"
    assert sum(part < whole for _, part, whole in parts) <= 1, f"{shown}: two items are cut"
    assert weight <= capacity, f"{shown}: the parts weigh {weight}"
    assert value == best, f"{shown}: the parts are worth {value}"


def check_whole(capacity, items, best):
    """Check that greedy_01 packs at least half of `best`."""
    chosen = greedy_01(capacity, items)
    few = f"{items} gave {chosen}" if len(items) < 20 else f"{len(items)} items"
    shown = f"greedy_01({capacity}, …) of {few}"
    assert all(0 <= at < len(items) for at in chosen), f"{shown}: no such item"
    assert len(set(chosen)) == len(chosen), f"{shown}: an item twice"
    assert sum(items[at][0] for at in chosen) <= capacity, f"{shown}: too heavy"
    assert 2 * sum(items[at][1] for at in chosen) >= best, f"{shown}: {best} is possible"


@pytest.mark.stage(1)
def test_the_best_value_per_weight_goes_first():
    check_fractional(50, [(10, 60), (20, 100), (30, 120)], Fraction(240))
    check_fractional(4, [(3, 2), (3, 5)], Fraction(17, 3))
    check_fractional(10, [(9, 10), (2, 9), (8, 11)], Fraction(20))


@pytest.mark.stage(1)
def test_neither_the_dearest_nor_the_lightest_goes_first():
    check_fractional(10, [(10, 12), (5, 10), (5, 9)], Fraction(19))
    check_fractional(10, [(1, 1), (2, 2), (9, 90)], Fraction(91))


@pytest.mark.stage(1)
def test_an_item_heavier_than_the_capacity_is_cut():
    assert fractional(5, [(10, 60)]) == ((30, 1), [(0, 1, 2)])
    check_fractional(6, [(4, 1), (9, 100)], Fraction(200, 3))


@pytest.mark.stage(1)
def test_all_of_an_item_is_one_and_nothing_of_it_is_left_out():
    assert fractional(3, [(3, 7)]) == ((7, 1), [(0, 1, 1)])
    assert fractional(3, [(1, 1), (3, 7)]) == ((7, 1), [(1, 1, 1)])
    assert fractional(9, [(3, 7)]) == ((7, 1), [(0, 1, 1)])
    assert fractional(0, [(1, 1)]) == ((0, 1), [])
    assert fractional(7, []) == ((0, 1), [])


@pytest.mark.stage(1)
def test_equal_values_per_weight_are_packed_in_any_way():
    check_fractional(7, [(2, 4), (3, 6), (4, 8)], Fraction(14))
    check_fractional(5, [(4, 6), (2, 3), (6, 9)], Fraction(15, 2))


@pytest.mark.stage(1)
def test_values_per_weight_that_floats_cannot_tell_apart():
    big = 10**17
    check_fractional(big, [(big, big + 1), (big, big + 2)], Fraction(big + 2))
    check_fractional(big - 1, [(big, big), (big - 1, big)], Fraction(big))


@pytest.mark.stage(1)
def test_fractional_refuses_bad_input_and_leaves_the_items():
    for capacity, items in ((-1, []), (5, [(0, 1)]), (5, [(1, 0)]), (5, [(1, 1), (-2, 3)])):
        with pytest.raises(ValueError):
            fractional(capacity, items)
    _, after = checked(fractional, 3, [(1, 1), (2, 5), (4, 3)])
    assert after == (3, [(1, 1), (2, 5), (4, 3)])


@pytest.mark.stage(2)
def test_one_item_may_be_worth_more_than_the_densest():
    check_whole(100, [(1, 2), (100, 100)], 100)
    check_whole(1_000, [(1, 3), (1, 2), (999, 999), (998, 5)], 1_002)


@pytest.mark.stage(2)
def test_many_items_may_be_worth_more_than_the_dearest():
    check_whole(10, [(10, 12), *[(1, 10)] * 10], 100)
    check_whole(12, [(12, 30), (4, 20), (4, 20), (4, 20)], 60)
    check_whole(30, [*[(1, 1)] * 9, (9, 90), (9, 89), (9, 88)], 270)


@pytest.mark.stage(2)
def test_items_that_never_fit_stand_in_nobodys_way():
    check_whole(10, [(11, 90), (5, 6), (5, 5)], 11)
    check_whole(8, [(9, 1_000), *[(1, 2)] * 8, (20, 3_000)], 16)
    assert greedy_01(3, [(4, 100)]) == []


@pytest.mark.stage(2)
def test_few_items_and_bad_input():
    assert greedy_01(0, [(1, 1)]) == []
    assert greedy_01(5, []) == []
    assert greedy_01(5, [(5, 3)]) == [0]
    for capacity, items in ((-1, []), (5, [(0, 1)]), (5, [(1, 0)]), (5, [(9, 1), (-2, 3)])):
        with pytest.raises(ValueError):
            greedy_01(capacity, items)


def lorry(rng):
    """Return a capacity, ten thousand items, and the value of the good ones, which just fit."""
    weights = [rng.randint(10**10, 10**12) for _ in range(5_000)]
    good = [(weight, weight * 5 + rng.randint(0, weight)) for weight in weights]
    poor = [(weight, rng.randint(weight, weight * 4)) for weight in weights[1:]]
    items = [*good, *poor, (3, 13)]
    rng.shuffle(items)
    return sum(weights), items, sum(value for _, value in good)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_ten_thousand_items_to_be_cut(rng):
    capacity, items, value = lorry(rng)
    check_fractional(capacity + 2, items, value + Fraction(26, 3))


@pytest.mark.perf
@pytest.mark.stage(2)
def test_ten_thousand_whole_items(rng):
    capacity, items, value = lorry(rng)
    check_whole(capacity, items, value)
