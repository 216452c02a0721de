"""Hidden suite of greedy_knapsack: small cases against every choice of whole items and one cut."""

from fractions import Fraction
from itertools import product
from math import gcd

import pytest

from graders.kit import call_many
from greedy_knapsack import fractional, greedy_01


def lorries(rng, count, most):
    """Return random capacities and items; some items never fit, some are equally dense."""
    for _ in range(count):
        scale = rng.choice((1, 1, 7, 10**16))
        items = []
        for _ in range(rng.randint(1, most)):
            weight = scale * rng.randint(1, 9)
            items.append((weight, rng.choice((weight, 2 * weight, rng.randint(1, 30) * scale))))
        yield scale * rng.randint(1, 24), items


def best_whole(capacity, items):
    """Return the greatest value of whole items, by trying all choices."""
    best = 0
    for choice in product((0, 1), repeat=len(items)):
        taken = [item for item, chosen in zip(items, choice, strict=True) if chosen]
        if sum(weight for weight, _ in taken) <= capacity:
            best = max(best, sum(value for _, value in taken))
    return best


def best_cut(capacity, items):
    """Return the greatest value with one item cut, by trying all choices and all cuts."""
    best = Fraction(best_whole(capacity, items))
    for at, (weight, value) in enumerate(items):
        for choice in product((0, 1), repeat=len(items)):
            taken = [item for k, item in enumerate(items) if choice[k] and k != at]
            left = capacity - sum(each for each, _ in taken)
            if 0 <= left <= weight:
                worth = sum(each for _, each in taken) + Fraction(left, weight) * value
                best = max(best, worth)
    return best


@pytest.mark.stage(1)
def test_cut_items_are_worth_the_most_of_any_choice(rng):
    cases = list(lorries(rng, 40, 5))
    for (capacity, items), (value, parts) in zip(cases, call_many(fractional, cases), strict=True):
        shown = f"fractional({capacity}, {items}) gave {value}, {parts}"
        best = best_cut(capacity, items)
        assert tuple(value) == (best.numerator, best.denominator), f"{shown}: the value is {best}"
        assert len({at for at, _, _ in parts}) == len(parts), shown
        assert all(0 < a <= b and gcd(a, b) == 1 for _, a, b in parts), shown
        assert sum(a < b for _, a, b in parts) <= 1, shown
        assert sum(Fraction(a, b) * items[at][0] for at, a, b in parts) <= capacity, shown
        assert sum(Fraction(a, b) * items[at][1] for at, a, b in parts) == best, shown


@pytest.mark.stage(1)
def test_a_capacity_as_large_as_everything_takes_everything(rng):
    for _, items in lorries(rng, 5, 30):
        everything = sum(weight for weight, _ in items)
        for capacity in (everything, everything + rng.randint(1, 99)):
            value, parts = fractional(capacity, items)
            assert tuple(value) == (sum(each for _, each in items), 1)
            assert sorted(map(tuple, parts)) == [(at, 1, 1) for at in range(len(items))]


@pytest.mark.stage(2)
def test_whole_items_are_worth_half_of_any_choice(rng):
    cases = list(lorries(rng, 60, 7))
    for (capacity, items), chosen in zip(cases, call_many(greedy_01, cases), strict=True):
        best = best_whole(capacity, items)
        shown = f"greedy_01({capacity}, {items}) gave {chosen}: {best} is possible"
        assert len(set(chosen)) == len(chosen), shown
        assert all(0 <= at < len(items) for at in chosen), shown
        assert sum(items[at][0] for at in chosen) <= capacity, shown
        assert 2 * sum(items[at][1] for at in chosen) >= best, shown


@pytest.mark.stage(2)
def test_traps_of_any_size_still_give_half(rng):
    for _ in range(20):
        size = rng.randint(50, 10**17)
        trap = [(1, 2), (size, size), (size + 1, 10**18)]
        rng.shuffle(trap)
        chosen = greedy_01(size, trap)
        assert [trap[at] for at in chosen] == [(size, size)], f"greedy_01({size}, {trap})"
