"""What heap_sort must do: sinking, building a heap, sorting as a heap promises, the k largest."""

from math import ceil, log2

import pytest

from graders.kit import checked, counted, stream, tokens
from heap_sort import heap_sort, heapify, k_largest, sift_down


def is_heap(values, root=0):
    """Return whether the subtree at `root` is a heap."""
    below = [child for child in (2 * root + 1, 2 * root + 2) if child < len(values)]
    return all(values[child] <= values[root] and is_heap(values, child) for child in below)


def value_less(x, y):
    return x.value < y.value


def unbeaten(duels, left):
    """Return those of the items in `left` that lost no duel against another one of them."""
    beaten = {loser for loser, winner in duels if loser in left and winner in left}
    return set(left) - beaten


def sort_duels(values):
    """Sort opaque tokens; check the result and return each call as (the less, the greater)."""
    duels = []

    def less(x, y):
        duels.append((min(x.value, y.value), max(x.value, y.value)))
        return x.value < y.value

    result = heap_sort(tokens(values), counted(less))
    assert [token.value for token in result] == list(range(len(values)))
    return duels


@pytest.mark.stage(1)
def test_an_item_sinks_as_far_as_it_must():
    assert sift_down([1, 9, 5, 4, 8, 3], 0) == [9, 8, 5, 4, 1, 3]
    assert sift_down([9, 1, 5, 4, 8, 3], 1) == [9, 8, 5, 4, 1, 3]
    assert sift_down([2, 9, 8, 1], 0) == [9, 2, 8, 1]
    assert sift_down([3, 9], 0) == [9, 3]
    assert sift_down([1, 2, 3], 0) == [3, 2, 1]


@pytest.mark.stage(1)
def test_an_item_that_is_large_enough_stays():
    assert sift_down([9, 8, 5], 0) == [9, 8, 5]
    assert sift_down([9, 8, 5], 2) == [9, 8, 5]
    assert sift_down([4, 4, 4], 0) == [4, 4, 4]
    assert checked(sift_down, [1, 2], 0) == ([2, 1], ([1, 2], 0))


@pytest.mark.stage(1)
def test_builds_a_heap_of_the_same_items():
    for items in ([3, 1, 4, 1, 5, 9, 2, 6], [1, 2, 3, 4, 5, 6, 7], [7, 7, 7], [2, 1], [1], []):
        heap, (left,) = checked(heapify, items)
        assert is_heap(heap), f"heapify({items}) is {heap}"
        assert sorted(heap) == sorted(items)
        assert left == items, "the argument was changed"


@pytest.mark.stage(1)
def test_building_takes_2_n_calls(rng):
    for values in (range(100), rng.sample(range(100), 100)):
        less = counted(value_less)
        heap = [token.value for token in heapify(tokens(values), less)]
        assert is_heap(heap)
        assert less.calls <= 2 * 100


@pytest.mark.stage(2)
def test_sorts_and_leaves_the_list_as_it_was():
    assert checked(heap_sort, [3, 1, 2, 1, 5]) == ([1, 1, 2, 3, 5], ([3, 1, 2, 1, 5],))
    assert heap_sort(["b", "a"]) == ["a", "b"]
    assert heap_sort([2, 3, 1]) == [1, 2, 3]
    assert heap_sort([4]) == [4]
    assert heap_sort([]) == []


@pytest.mark.stage(2)
def test_the_largest_item_is_known_after_2_n_calls(rng):
    duels = sort_duels(rng.sample(range(48), 48))
    assert unbeaten(duels[: 2 * 48], range(48)) == {47}


@pytest.mark.stage(2)
def test_each_next_item_is_known_after_2_log_n_calls_more(rng):
    duels = sort_duels(rng.sample(range(48), 48))
    for rank in range(48):
        calls = 2 * 48 + 2 * ceil(log2(48)) * rank
        top = 47 - rank
        assert unbeaten(duels[:calls], range(top + 1)) == {top}, f"after {calls} calls"


@pytest.mark.stage(3)
def test_keeps_the_largest_in_descending_order():
    assert k_largest([5, 1, 8, 3, 8, 2], 3) == [8, 8, 5]
    assert k_largest([1, 2, 3], 1) == [3]
    assert k_largest(["a", "c", "b"], 2) == ["c", "b"]


@pytest.mark.stage(3)
def test_k_may_be_zero_or_more_than_there_is():
    assert k_largest([1, 2], 0) == []
    assert k_largest([1, 2], 5) == [2, 1]
    assert k_largest([], 3) == []
    with pytest.raises(ValueError):
        k_largest([1, 2], -1)


@pytest.mark.stage(3)
def test_reads_a_stream_once_and_keeps_k_items(rng):
    words = [f"{number:04d}" for number in rng.sample(range(2_000), 2_000)]
    source = stream(words)
    assert k_largest(source, 20) == [f"{number:04d}" for number in range(1_999, 1_979, -1)]
    assert source.reads == 2_000
    assert source.peak_live <= 20 + 3, "k items and a few in hand"


@pytest.mark.perf
@pytest.mark.stage(2)
def test_sorts_30_000_items():
    assert heap_sort(list(range(30_000))) == list(range(30_000))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_keeps_2_000_of_50_000_ascending_items():
    assert k_largest(list(range(50_000)), 2_000) == list(range(49_999, 47_999, -1))
