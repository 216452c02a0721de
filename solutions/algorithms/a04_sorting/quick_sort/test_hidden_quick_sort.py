"""Hidden suite of quick_sort: short lists against plain models, few distinct items."""

import pytest

from graders.kit import call_many, counted, tokens
from quick_sort import partition3, quick_select, quick_sort


def some_lists(rng, count):
    """Return short lists, most with equal items."""
    return [
        [rng.randint(0, reach) for _ in range(rng.randint(0, 17))]
        for reach in (2, 9, 99)
        for _ in range(count)
    ]


@pytest.mark.stage(1)
def test_parts_are_what_the_pivot_says(rng):
    calls = [(items, rng.randint(-1, 10)) for items in some_lists(rng, 50)]
    for (items, pivot), got in zip(calls, call_many(partition3, calls), strict=True):
        less = [item for item in items if item < pivot]
        greater = [item for item in items if item > pivot]
        expected = (less, [pivot] * items.count(pivot), greater)
        assert got == expected, f"partition3({items}, {pivot})"


@pytest.mark.stage(2)
def test_sorts_short_lists(rng):
    lists = some_lists(rng, 60)
    for items, got in zip(lists, call_many(quick_sort, [(each,) for each in lists]), strict=True):
        assert got == sorted(items), f"quick_sort({items})"


@pytest.mark.stage(2)
def test_three_distinct_items_take_three_partitions(rng):
    less = counted(lambda x, y: x.value < y.value)
    values = [*rng.choices(range(3), k=90), 0, 1, 2]
    result = quick_sort(tokens(values), less)
    assert [token.value for token in result] == sorted(values)
    assert less.calls <= 6 * len(values)


@pytest.mark.stage(3)
def test_selects_every_position(rng):
    calls = [(items, k) for items in some_lists(rng, 20) for k in range(len(items))]
    for (items, k), got in zip(calls, call_many(quick_select, calls), strict=True):
        assert got == sorted(items)[k], f"quick_select({items}, {k})"
