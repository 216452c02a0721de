"""Hidden suite of knapsack_dp: every load of few items, and the three forms against each other."""

from itertools import product

import pytest

from graders.kit import call_many
from knapsack_dp import best_01, best_bounded, best_unbounded


def best_load(capacity, items):
    """Return the largest value by trying every number of copies of each item."""
    best = 0
    for copies in product(*(range(count + 1) for _, _, count in items)):
        weight = sum(item[0] * n for item, n in zip(items, copies, strict=True))
        if weight <= capacity:
            best = max(best, sum(item[1] * n for item, n in zip(items, copies, strict=True)))
    return best


def shelf(rng, size):
    """Return a few items, some of no value, some that weigh alike."""
    return [(rng.randint(1, 9), rng.choice((0, rng.randint(1, 12)))) for _ in range(size)]


@pytest.mark.stage(1)
def test_loads_agree_with_trying_all(rng):
    calls = [(rng.randint(0, 25), shelf(rng, rng.randint(0, 7))) for _ in range(60)]
    for (capacity, items), (value, packed) in zip(calls, call_many(best_01, calls), strict=True):
        call = f"best_01({capacity}, {items})"
        assert value == best_load(capacity, [(*item, 1) for item in items]), call
        assert packed == sorted(set(packed)), call
        assert sum(items[at][0] for at in packed) <= capacity, call
        assert sum(items[at][1] for at in packed) == value, call


@pytest.mark.stage(2)
def test_items_without_limit_agree_with_trying_all(rng):
    calls = [(rng.randint(0, 14), shelf(rng, rng.randint(0, 3))) for _ in range(40)]
    for (capacity, items), got in zip(calls, call_many(best_unbounded, calls), strict=True):
        enough = [(weight, value, capacity // weight) for weight, value in items]
        assert got == best_load(capacity, enough), f"best_unbounded({capacity}, {items})"


@pytest.mark.stage(3)
def test_copies_agree_with_trying_all(rng):
    calls = []
    for _ in range(50):
        items = [(*item, rng.randint(0, 7)) for item in shelf(rng, rng.randint(0, 3))]
        calls.append((rng.randint(0, 60), items))
    for (capacity, items), got in zip(calls, call_many(best_bounded, calls), strict=True):
        assert got == best_load(capacity, items), f"best_bounded({capacity}, {items})"


@pytest.mark.perf
@pytest.mark.stage(3)
def test_copies_lie_between_one_and_without_limit(rng):
    items = [(rng.randint(5, 60), rng.randint(10, 99)) for _ in range(12)]
    once, many = ([(*item, count) for item in items] for count in (1, 10**9))
    assert best_bounded(300, once) == best_01(300, items)[0]
    assert best_bounded(300, many) == best_unbounded(300, items)
