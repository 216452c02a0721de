"""What the lease cache and the loader in front of it must do."""

import pytest

from cache_aside_loader import CacheAside, LeaseCache
from graders.kit import Raised, compute, replay, run_threads, scripted


def filled(key, value, now_ms, **times):
    """Return a cache in which `value` was stored at `now_ms`; 100, 10, 50 ms unless said."""
    cache = LeaseCache(**{"ttl_ms": 100, "negative_ttl_ms": 10, "lease_ms": 50} | times)
    store(cache, key, value, now_ms)
    return cache


def store(cache, key, value, now_ms):
    """Take a lease and fill the cache with it."""
    assert cache.fill(key, lease_of(cache, key, now_ms), value, now_ms) is True


def lease_of(cache, key, now_ms):
    """Look up a key that has to be loaded and return the lease."""
    answer, lease = cache.lookup(key, now_ms)
    assert answer == "load"
    return lease


def kinds(cache, *lookups):
    """Look up (key, now_ms) one after the other and return the first words of the answers."""
    return [answer[0] for answer in replay(cache, [("lookup", *each) for each in lookups])]


@pytest.mark.stage(1)
def test_a_value_is_a_hit_until_its_time_is_over():
    cache = filled("a", "A", 1_000)
    assert cache.lookup("a", 1_000) == ("hit", "A")
    assert cache.lookup("a", 1_099) == ("hit", "A")
    assert kinds(cache, ("a", 1_100)) == ["load"]


@pytest.mark.stage(1)
def test_that_there_is_no_value_is_remembered_for_a_shorter_time():
    cache = filled("a", None, 1_000)
    assert cache.lookup("a", 1_009) == ("hit", None)
    assert kinds(cache, ("a", 1_010)) == ["load"]
    assert kinds(filled("a", None, 1_000, negative_ttl_ms=0), ("a", 1_000)) == ["load"]
    assert filled("a", None, 0, negative_ttl_ms=500).lookup("a", 499) == ("hit", None)


@pytest.mark.stage(1)
def test_keys_are_independent_and_empty_texts_are_texts():
    cache = filled("", "", 0)
    store(cache, "b", "B", 50)
    assert replay(cache, [("lookup", "", 99), ("lookup", "b", 99)]) == [("hit", ""), ("hit", "B")]
    assert cache.lookup("b", 149) == ("hit", "B")
    assert kinds(cache, ("", 149), ("c", 149), ("b", 150)) == ["load", "load", "load"]


@pytest.mark.stage(1)
def test_lifetimes_are_checked():
    for times in ((0, 10, 50), (100, -1, 50), (100, 10, 0), (-5, 10, 50)):
        with pytest.raises(ValueError):
            LeaseCache(*times)
    for times in ((0, 10), (100, -1)):
        with pytest.raises(ValueError):
            CacheAside(compute("table", {}), *times)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_twenty_thousand_hits_among_ten_thousand_entries():
    cache = LeaseCache(10_000, 1_000, 100)
    keys = [f"k{number}" for number in range(10_000)]
    leases = [lease for _, lease in replay(cache, [("lookup", key, 0) for key in keys])]
    fills = [("fill", key, lease, key, 0) for key, lease in zip(keys, leases, strict=True)]
    assert replay(cache, fills) == [True] * 10_000
    for now_ms in (1, 2):
        got = replay(cache, [("lookup", key, now_ms) for key in keys])
        assert got == [("hit", key) for key in keys]


@pytest.mark.stage(2)
def test_one_caller_loads_and_the_others_wait():
    cache = LeaseCache(100, 10, 50)
    lease = lease_of(cache, "a", 0)
    assert kinds(cache, ("a", 0), ("a", 49), ("b", 49)) == ["wait", "wait", "load"]
    assert cache.fill("a", lease, "A", 49) is True
    assert cache.lookup("a", 49) == ("hit", "A")
    assert cache.lookup("a", 148) == ("hit", "A")
    assert kinds(cache, ("a", 149), ("a", 149)) == ["load", "wait"]


@pytest.mark.stage(2)
def test_a_lease_serves_one_fill_of_its_own_key():
    cache = LeaseCache(100, 10, 50)
    first, second = lease_of(cache, "a", 0), lease_of(cache, "b", 0)
    assert first != second
    assert replay(cache, [("fill", "a", second, "x", 1), ("fill", "c", first, "x", 1)]) == [
        False, False,
    ]  # fmt: skip
    assert cache.fill("a", first, "A", 1) is True
    assert cache.fill("a", first, "again", 1) is False
    assert cache.lookup("a", 1) == ("hit", "A")
    assert kinds(cache, ("b", 1), ("c", 1)) == ["wait", "load"]


@pytest.mark.stage(2)
def test_a_failed_load_gives_its_lease_back():
    cache = LeaseCache(100, 10, 50)
    lease = lease_of(cache, "a", 0)
    assert replay(cache, [("give_back", "a", lease), ("give_back", "a", lease)]) == [True, False]
    assert cache.fill("a", lease, "late", 1) is False
    again = lease_of(cache, "a", 1)
    assert cache.give_back("a", lease) is False
    assert kinds(cache, ("a", 1)) == ["wait"]
    assert cache.fill("a", again, "A", 1) is True
    assert cache.give_back("a", again) is False
    assert cache.lookup("a", 1) == ("hit", "A")


@pytest.mark.stage(2)
def test_a_value_loaded_before_an_invalidation_is_not_stored_after_it():
    cache = LeaseCache(100, 10, 50)
    lease = lease_of(cache, "a", 0)
    cache.invalidate("a")
    assert cache.fill("a", lease, "old", 1) is False
    assert kinds(cache, ("a", 1)) == ["load"]


@pytest.mark.stage(2)
def test_who_asks_after_an_invalidation_does_not_wait_for_the_older_load():
    cache = filled("a", "A", 0)
    cache.invalidate("a")
    older = lease_of(cache, "a", 1)
    cache.invalidate("a")
    newer = lease_of(cache, "a", 2)
    assert cache.fill("a", older, "old", 3) is False
    assert cache.give_back("a", older) is False
    assert kinds(cache, ("a", 3)) == ["wait"]
    assert cache.fill("a", newer, "new", 4) is True
    assert cache.lookup("a", 4) == ("hit", "new")


@pytest.mark.stage(2)
def test_an_invalidation_touches_one_key_only():
    cache = filled("a", "A", 0)
    lease = lease_of(cache, "b", 0)
    replay(cache, [("invalidate", "c"), ("invalidate", "")])
    assert cache.lookup("a", 1) == ("hit", "A")
    assert cache.fill("b", lease, "B", 1) is True


@pytest.mark.stage(2)
def test_a_loader_that_died_holds_nobody_up_for_ever():
    cache = LeaseCache(100, 10, 50)
    dead = lease_of(cache, "a", 0)
    assert kinds(cache, ("a", 49)) == ["wait"]
    heir = lease_of(cache, "a", 50)
    assert kinds(cache, ("a", 99)) == ["wait"]
    assert cache.fill("a", dead, "from the dead", 99) is False
    assert cache.fill("a", heir, "A", 99) is True


@pytest.mark.stage(2)
def test_a_lease_ends_also_where_nobody_asks():
    cache = LeaseCache(100, 10, 50)
    first, second = lease_of(cache, "a", 0), lease_of(cache, "b", 0)
    assert cache.fill("a", first, "A", 50) is False
    assert cache.fill("b", second, "B", 49) is True
    assert kinds(cache, ("a", 50), ("b", 50)) == ["load", "hit"]


@pytest.mark.stage(3)
def test_a_loader_is_asked_on_misses_only_and_all_is_counted():
    load = scripted([("return", "A"), ("return", None), ("return", "A2"), ("return", "A3")])
    cache = CacheAside(load, 100, 10)
    calls = [("get", "a", 0), ("get", "a", 99), ("get", "x", 99), ("get", "x", 108)]
    calls += [("get", "a", 100), ("invalidate", "a"), ("invalidate", "y"), ("get", "a", 101)]
    got = replay(cache, calls)
    assert got == ["A", "A", None, None, "A2", None, None, "A3"]
    assert load.calls == [("a",), ("x",), ("a",), ("a",)]
    assert cache.stats() == {"hits": 2, "misses": 4, "loads": 4, "errors": 0}


@pytest.mark.stage(3)
def test_an_error_of_the_loader_is_passed_on_and_not_kept():
    load = scripted([("raise", "OSError", "away"), ("raise", "KeyError", "a"), ("return", "A")])
    cache = CacheAside(load, 100, 10)
    got = replay(cache, [("get", "a", 0)] * 4, errors="keep")
    assert got == [Raised("OSError", ("away",)), Raised("KeyError", ("a",)), "A", "A"]
    assert cache.stats() == {"hits": 1, "misses": 3, "loads": 3, "errors": 2}


@pytest.mark.stage(3)
def test_threads_that_miss_the_same_key_load_it_once():
    for seed in range(2):
        # The load of a ends when that of b has begun, so the others come while it is under way.
        load = scripted([("gate", 2), ("return", "value")])
        cache = CacheAside(load, 100, 10)
        answers = run_threads(cache.get, [[("a", 0)] * 3] * 7 + [[("b", 0)]], seed=seed)
        assert answers == [["value"] * 3] * 7 + [["value"]]
        assert sorted(load.calls) == [("a",), ("b",)]
        stats = cache.stats()
        assert stats["loads"] == 2
        assert stats["hits"] + stats["misses"] == 22


@pytest.mark.stage(3)
def test_an_error_reaches_all_who_waited_and_leaves_nobody_waiting():
    for seed in range(2):
        away = ("raise", "OSError", "away")
        load = scripted([("gate", 2), away, *[away] * 6])
        cache = CacheAside(load, 100, 10)
        answers = run_threads(cache.get, [[("a", 0)]] * 7 + [[("b", 0)]], seed=seed)
        assert answers == [[Raised("OSError", ("away",))]] * 8
        loads = len(load.calls)  # who came after the error had to load again
        assert cache.stats() == {"hits": 0, "misses": 8, "loads": loads, "errors": loads}
