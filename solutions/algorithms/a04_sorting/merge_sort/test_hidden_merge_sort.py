"""Hidden suite of merge_sort: short lists against plain models, stability, identities."""

import pytest

from graders.kit import call_many, counted, tokens
from merge_sort import count_inversions, merge, merge_sort


def some_lists(rng, count):
    """Return short lists, most with equal items."""
    return [
        [rng.randint(0, reach) for _ in range(rng.randint(0, 17))]
        for reach in (2, 9, 99)
        for _ in range(count)
    ]


@pytest.mark.stage(1)
def test_merge_agrees_with_sorting_both_together(rng):
    lists = [sorted(items) for items in some_lists(rng, 50)]
    pairs = list(zip(lists, rng.sample(lists, len(lists)), strict=True))
    for (a, b), got in zip(pairs, call_many(merge, pairs), strict=True):
        assert got == sorted(a + b), f"merge({a}, {b})"


@pytest.mark.stage(2)
def test_sorts_short_lists(rng):
    lists = some_lists(rng, 60)
    for items, got in zip(lists, call_many(merge_sort, [(each,) for each in lists]), strict=True):
        assert got == sorted(items), f"merge_sort({items})"


@pytest.mark.stage(2)
def test_ties_stay_and_calls_are_few(rng):
    for size in (33, 50):
        values = [rng.randint(0, 5) for _ in range(size)]
        less = counted(lambda x, y: x.value[1] < y.value[1])
        result = merge_sort(tokens(enumerate(values)), less)
        expected = sorted(enumerate(values), key=lambda row: row[1])
        assert [token.value for token in result] == expected
        assert less.calls <= size * 6, f"{size} items"


@pytest.mark.stage(3)
def test_counts_as_the_double_loop_does(rng):
    lists = some_lists(rng, 60)
    got = call_many(count_inversions, [(each,) for each in lists])
    for items, count in zip(lists, got, strict=True):
        pairs = [(i, j) for j in range(len(items)) for i in range(j)]
        assert count == sum(items[j] < items[i] for i, j in pairs), f"count_inversions({items})"
