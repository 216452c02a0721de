"""What the LFU cache must do."""

import pytest

from graders.kit import replay
from lfu_cache import LFUCache


def frequencies(cache, keys):
    """Return the number of uses of each key, 0 for those that are absent."""
    return replay(cache, [("frequency", key) for key in keys])


def used(cache, *calls):
    """Make the calls and return their results."""
    return replay(cache, list(calls))


def test_the_key_used_least_often_is_dropped():
    cache = LFUCache(2)
    cache.put(1, 10)
    cache.put(2, 20)
    assert cache.get(1) == 10
    cache.put(3, 30)
    assert cache.get(2) == -1
    assert frequencies(cache, [1, 2, 3]) == [2, 0, 1]


def test_among_equals_the_one_used_longest_ago_is_dropped():
    cache = LFUCache(2)
    used(cache, ("put", 1, 10), ("put", 2, 20), ("get", 1), ("put", 3, 30), ("get", 3))
    assert frequencies(cache, [1, 2, 3]) == [2, 0, 2]
    cache.put(4, 40)
    assert frequencies(cache, [1, 2, 3, 4]) == [0, 0, 2, 1]


def test_use_decides_among_equals_and_not_who_came_first():
    cache = LFUCache(3)
    used(cache, ("put", 9, 1), ("put", 8, 2), ("put", 7, 3), ("get", 8), ("get", 7), ("get", 9))
    cache.put(1, 4)
    assert frequencies(cache, [9, 8, 7, 1]) == [2, 0, 2, 1]


def test_often_beats_recently():
    cache = LFUCache(2)
    used(cache, ("put", 1, 10), ("get", 1), ("get", 1), ("put", 2, 20), ("get", 2))
    cache.put(3, 30)
    assert frequencies(cache, [1, 2, 3]) == [3, 0, 1]


def test_a_newcomer_stays_though_all_others_were_used_more_often():
    cache = LFUCache(1)
    used(cache, ("put", 1, 10), ("get", 1), ("get", 1), ("put", 2, 20))
    assert frequencies(cache, [1, 2]) == [0, 1]
    assert cache.get(2) == 20


def test_newcomers_push_each_other_out():
    cache = LFUCache(3)
    used(cache, ("put", 1, 10), ("get", 1), ("put", 2, 20), ("get", 2))
    used(cache, ("put", 3, 30), ("put", 4, 40), ("put", 5, 50))
    assert frequencies(cache, [1, 2, 3, 4, 5]) == [2, 2, 0, 0, 1]


def test_an_update_counts_as_use_and_drops_nothing():
    cache = LFUCache(2)
    used(cache, ("put", 1, 10), ("put", 2, 20), ("put", 1, 11))
    assert frequencies(cache, [1, 2]) == [2, 1]
    cache.put(3, 30)
    assert frequencies(cache, [1, 2, 3]) == [2, 0, 1]
    assert cache.get(1) == 11


def test_a_key_that_comes_back_starts_with_one_use():
    cache = LFUCache(2)
    used(cache, ("put", 1, 10), ("get", 1), ("put", 2, 20), ("get", 2), ("get", 2))
    cache.put(3, 30)
    assert frequencies(cache, [1, 2, 3]) == [0, 3, 1]
    cache.put(1, 12)
    assert frequencies(cache, [1, 2, 3]) == [1, 3, 0]
    assert cache.get(1) == 12


def test_a_miss_changes_nothing():
    cache = LFUCache(2)
    used(cache, ("put", 1, 10), ("put", 2, 20))
    assert used(cache, ("get", 9), ("get", 9)) == [-1, -1]
    assert frequencies(cache, [1, 2, 9]) == [1, 1, 0]
    cache.put(9, 90)
    assert frequencies(cache, [1, 2, 9]) == [0, 1, 1]


def test_asking_for_the_frequency_is_no_use():
    cache = LFUCache(2)
    used(cache, ("put", 1, 10), ("put", 2, 20))
    assert frequencies(cache, [1, 1, 1]) == [1, 1, 1]
    cache.put(3, 30)
    assert frequencies(cache, [1, 2, 3]) == [0, 1, 1]


def test_minus_one_and_zero_are_values_like_any_other():
    cache = LFUCache(2)
    assert used(cache, ("put", 0, -1), ("put", -7, 0), ("get", 0), ("get", 0))[2:] == [-1, -1]
    assert frequencies(cache, [0, -7]) == [3, 1]
    cache.put(0, 5)
    assert frequencies(cache, [0, -7]) == [4, 1]
    assert cache.get(0) == 5


def test_a_cache_of_no_entries_stores_nothing():
    cache = LFUCache(0)
    assert used(cache, ("put", 1, 10), ("get", 1), ("put", 1, 11), ("get", 1)) == [
        None, -1, None, -1,
    ]  # fmt: skip
    assert cache.frequency(1) == 0


def test_a_negative_capacity_is_refused():
    for capacity in (-1, -20):
        with pytest.raises(ValueError):
            LFUCache(capacity)


@pytest.mark.perf
def test_twenty_thousand_uses_of_twenty_thousand_entries():
    cache = LFUCache(20_000)
    replay(cache, [("put", key, key + 1) for key in range(20_000)])
    read = range(19_999, 7_999, -1)
    assert replay(cache, [("get", key) for key in read]) == [key + 1 for key in read]
    replay(cache, [("put", key, key + 2) for key in range(12_000, 20_000)])
    expected = [1] * 8_000 + [2] * 4_000 + [3] * 8_000
    assert frequencies(cache, range(20_000)) == expected


@pytest.mark.perf
def test_six_thousand_new_keys_in_a_full_cache_of_twenty_thousand():
    cache = LFUCache(20_000)
    replay(cache, [("put", key, key + 1) for key in range(20_000)])
    replay(cache, [("get", key) for key in range(0, 20_000, 2)])
    replay(cache, [("put", key, key + 1) for key in range(20_000, 26_000)])
    assert frequencies(cache, range(0, 12_000, 2)) == [2] * 6_000
    assert frequencies(cache, range(1, 12_001, 2)) == [0] * 6_000
    assert frequencies(cache, range(12_001, 20_000, 2)) == [1] * 4_000
