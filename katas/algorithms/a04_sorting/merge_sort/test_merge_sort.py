"""What merge_sort must do: merging, sorting with few calls of `less`, counting inversions."""

from itertools import pairwise

import pytest

from graders.kit import checked, counted, tokens
from merge_sort import count_inversions, merge, merge_sort


def by_number(x, y):
    return x[0] < y[0]


def calls_for(values):
    """Sort opaque tokens; check the result and return the number of calls of `less`."""
    less = counted(lambda x, y: x.value < y.value)
    result = merge_sort(tokens(values), less)
    assert [token.value for token in result] == list(range(len(values)))
    return less.calls


@pytest.mark.stage(1)
def test_merges_the_examples():
    assert merge([1, 4, 6], [2, 3, 7, 9]) == [1, 2, 3, 4, 6, 7, 9]
    assert merge([5], [1, 2]) == [1, 2, 5]
    assert merge([1, 2], [5]) == [1, 2, 5]
    assert merge([], [1]) == [1]
    assert merge(["a"], []) == ["a"]
    assert merge([], []) == []


@pytest.mark.stage(1)
def test_merge_takes_ties_from_the_first_list():
    a, b = [(1, "a"), (2, "b"), (2, "c")], [(1, "d"), (2, "e")]
    expected = [(1, "a"), (1, "d"), (2, "b"), (2, "c"), (2, "e")]
    assert merge(a, b, counted(by_number)) == expected


@pytest.mark.stage(1)
def test_merge_asks_once_for_each_item_at_most():
    less = counted(lambda x, y: x.value < y.value)
    merge(tokens(range(0, 60, 2)), tokens(range(1, 60, 2)), less)
    assert less.calls <= 59, "two lists of 30 items"


@pytest.mark.stage(1)
def test_merge_leaves_both_lists_as_they_were():
    assert checked(merge, [1, 3], [2]) == ([1, 2, 3], ([1, 3], [2]))


@pytest.mark.stage(2)
def test_sorts_and_leaves_the_list_as_it_was():
    assert checked(merge_sort, [3, 1, 2, 1, 5]) == ([1, 1, 2, 3, 5], ([3, 1, 2, 1, 5],))
    assert merge_sort(["b", "a"]) == ["a", "b"]
    assert merge_sort([4]) == [4]
    assert merge_sort([]) == []


@pytest.mark.stage(2)
def test_equal_items_keep_their_order():
    rows = [(1, "d"), (0, "z"), (1, "a"), (0, "b"), (1, "c")]
    expected = [(0, "z"), (0, "b"), (1, "d"), (1, "a"), (1, "c")]
    assert merge_sort(rows, counted(by_number)) == expected


@pytest.mark.stage(2)
def test_sorts_64_items_in_any_order_with_64_times_6_calls(rng):
    assert calls_for(rng.sample(range(64), 64)) <= 64 * 6, "in random order"
    assert calls_for(range(63, -1, -1)) <= 64 * 6, "reversed"


@pytest.mark.stage(2)
def test_sorted_items_take_half_as_many_calls():
    assert calls_for(range(64)) <= 64 * 6 // 2


@pytest.mark.stage(2)
def test_no_order_of_the_items_is_a_bad_one():
    # This `less` makes up the order while it is asked: whenever it can, what the submission
    # compares much turns out small. Quicksort loses to it with every pivot.
    items = tokens([[64, name] for name in range(64)])
    settled, pivot = [], [None]

    def less(x, y):
        (left, a), (right, b) = x.value, y.value
        if left == right == 64:
            small = x if a == pivot[0] else y
            small.value[0] = len(settled)
            settled.append(small)
        pivot[0] = a if x.value[0] == 64 else b if y.value[0] == 64 else pivot[0]
        return x.value[0] < y.value[0]

    asked = counted(less)
    ranks = [token.value[0] for token in merge_sort(items, asked)]
    assert all(x <= y for x, y in pairwise(ranks)), ranks
    assert asked.calls <= 64 * 6


@pytest.mark.stage(3)
def test_counts_inversions_of_the_examples():
    assert count_inversions([2, 4, 1, 3, 5]) == 3
    assert count_inversions([5, 4, 3, 2, 1]) == 10
    assert count_inversions([1, 2, 3]) == 0
    assert count_inversions([]) == 0


@pytest.mark.stage(3)
def test_equal_items_are_no_inversion():
    assert count_inversions([2, 2, 2]) == 0
    assert count_inversions([2, 1, 2, 1]) == 3
    assert checked(count_inversions, [2, 1]) == (1, ([2, 1],))


@pytest.mark.perf
@pytest.mark.stage(1)
def test_merges_two_lists_of_150_000():
    got = merge(list(range(0, 300_000, 2)), list(range(1, 300_000, 2)))
    assert got == list(range(300_000))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_counts_inversions_of_30_000_items():
    size = 30_000
    assert count_inversions(list(range(size, 0, -1))) == size * (size - 1) // 2
