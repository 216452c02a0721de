"""What the repaired LRU cache must do."""

import pytest

from graders.kit import replay
from lru_cache_repair import LRUCache


def test_a_read_saves_a_key_from_being_dropped():
    cache = LRUCache(2)
    cache.put(1, 10)
    cache.put(2, 20)
    assert cache.get(1) == 10
    cache.put(3, 30)
    assert cache.get(2) == -1
    assert cache.get(1) == 10
    assert cache.get(3) == 30
    assert len(cache) == 2
    assert cache.items() == [(3, 30), (1, 10)]


def test_the_oldest_of_five_keys_are_dropped_first():
    cache = LRUCache(2)
    replay(cache, [("put", key, 10 * key) for key in (1, 2, 3, 4, 5)])
    assert cache.items() == [(5, 50), (4, 40)]


def test_when_a_key_was_used_decides_not_how_often():
    cache = LRUCache(2)
    replay(cache, [("put", 1, 10), ("get", 1), ("get", 1), ("put", 2, 20), ("put", 3, 30)])
    assert cache.items() == [(3, 30), (2, 20)]


def test_an_update_counts_as_use():
    cache = LRUCache(2)
    replay(cache, [("put", 1, 10), ("put", 2, 20), ("put", 1, 11), ("put", 3, 30)])
    assert cache.items() == [(3, 30), (1, 11)]


def test_an_update_in_a_full_cache_drops_nothing():
    cache = LRUCache(2)
    replay(cache, [("put", 1, 10), ("put", 2, 20), ("put", 2, 21)])
    assert cache.items() == [(2, 21), (1, 10)]
    assert len(cache) == 2


def test_a_miss_changes_nothing():
    cache = LRUCache(2)
    replay(cache, [("put", 1, 10), ("put", 2, 20)])
    assert cache.get(9) == -1
    assert len(cache) == 2
    assert cache.items() == [(2, 20), (1, 10)]
    cache.put(3, 30)
    assert cache.items() == [(3, 30), (2, 20)]


def test_minus_one_is_a_value_like_any_other():
    cache = LRUCache(2)
    replay(cache, [("put", 1, -1), ("put", 2, 20)])
    assert len(cache) == 2
    cache.put(1, 5)
    assert cache.items() == [(1, 5), (2, 20)]


def test_zero_and_negative_keys_and_values_are_kept():
    cache = LRUCache(2)
    replay(cache, [("put", 0, 0), ("put", -7, 0)])
    assert cache.get(0) == 0
    cache.put(3, 0)
    assert cache.items() == [(3, 0), (0, 0)]


def test_a_cache_of_one_entry():
    cache = LRUCache(1)
    replay(cache, [("put", 1, 10), ("put", 2, 20)])
    assert cache.get(1) == -1
    assert cache.get(2) == 20
    cache.put(2, 21)
    assert cache.items() == [(2, 21)]


def test_listing_is_not_use_and_an_old_list_stays_as_it_was():
    cache = LRUCache(2)
    operations = [
        ("put", 1, 10),
        ("put", 2, 20),
        ("items",),
        ("items",),
        ("put", 3, 30),
        ("items",),
    ]
    _, _, first, second, _, third = replay(cache, operations)
    assert first == [(2, 20), (1, 10)]
    assert second == [(2, 20), (1, 10)]
    assert third == [(3, 30), (2, 20)]


def test_the_cache_never_holds_more_than_its_capacity():
    cache = LRUCache(3)
    operations = []
    for step in range(60):
        key = step * step % 7
        operations.append(("get", key) if step % 3 == 0 else ("put", key, step))
        operations.append(("items",))
    sizes = [len(items) for items in replay(cache, operations)[1::2]]
    assert max(sizes) <= 3
    assert len(cache) == 3


def test_a_capacity_below_one_is_refused():
    with pytest.raises(ValueError):
        LRUCache(0)
    with pytest.raises(ValueError):
        LRUCache(-3)


@pytest.mark.perf
def test_twenty_thousand_uses_of_twenty_thousand_entries(rng):
    cache = LRUCache(20_000)
    replay(cache, [("put", key, key + 1) for key in range(20_000)])
    for _ in range(10):
        read = rng.choices(range(20_000), k=1200)
        assert replay(cache, [("get", key) for key in read]) == [key + 1 for key in read]
        replay(cache, [("put", key, key + 1) for key in rng.choices(range(20_000), k=800)])
    assert len(cache) == 20_000


@pytest.mark.perf
def test_six_thousand_new_keys_in_a_full_cache_of_twenty_thousand():
    cache = LRUCache(20_000)
    replay(cache, [("put", key, key + 1) for key in range(26_000)])
    assert cache.items() == [(key, key + 1) for key in range(25_999, 5_999, -1)]
