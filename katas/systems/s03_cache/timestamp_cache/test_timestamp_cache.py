"""What the cache of timestamped data must do."""

import pytest

from graders.kit import replay
from timestamp_cache import TimestampCache


def held(cache, now_ms, keys):
    """Return the values of the keys at `now_ms`."""
    return replay(cache, [("get", key, now_ms) for key in keys])


def test_the_oldest_timestamp_makes_room_whenever_it_came():
    cache = TimestampCache(2, 1000)
    assert cache.put("a", "A", 100, 500) is True
    assert cache.put("b", "B", 50, 500) is True
    assert cache.put("c", "C", 80, 500) is True
    assert held(cache, 500, "abc") == ["A", None, "C"]
    assert len(cache) == 2


def test_a_newcomer_older_than_all_is_refused_in_a_full_cache():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "A", 100, 500), ("put", "b", "B", 80, 500)])
    assert cache.put("c", "C", 79, 500) is False
    assert held(cache, 500, "abc") == ["A", "B", None]
    assert len(cache) == 2


def test_an_old_newcomer_is_welcome_while_there_is_room():
    cache = TimestampCache(3, 1000)
    replay(cache, [("put", "a", "A", 100, 500), ("put", "b", "B", 80, 500)])
    assert cache.put("c", "C", 1, 500) is True
    assert held(cache, 500, "abc") == ["A", "B", "C"]


def test_among_equal_timestamps_the_earliest_put_goes():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "z", "Z", 100, 500), ("put", "a", "A", 100, 500)])
    assert cache.put("m", "M", 100, 500) is True
    assert held(cache, 500, "zam") == [None, "A", "M"]


def test_older_data_does_not_replace_newer():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "new", 100, 500), ("put", "b", "B", 200, 500)])
    assert cache.put("a", "old", 99, 500) is False
    assert cache.get("a", 500) == "new"
    assert cache.put("a", "newest", 300, 500) is True
    assert cache.get("a", 500) == "newest"
    assert cache.put("c", "C", 250, 500) is True
    assert held(cache, 500, "abc") == ["newest", None, "C"]


def test_data_of_the_same_timestamp_replaces_and_counts_as_put_anew():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "1", 100, 500), ("put", "b", "2", 100, 500)])
    assert cache.put("a", "3", 100, 500) is True
    assert held(cache, 500, "ab") == ["3", "2"]
    cache.put("c", "4", 100, 500)
    assert held(cache, 500, "abc") == ["3", None, "4"]


def test_a_refused_put_does_not_count_as_put_anew():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "1", 100, 500), ("put", "b", "2", 100, 500)])
    assert cache.put("a", "3", 99, 500) is False
    cache.put("c", "4", 100, 500)
    assert held(cache, 500, "abc") == [None, "2", "4"]


def test_an_entry_expires_at_exactly_its_maximal_age():
    cache = TimestampCache(2, 1000)
    cache.put("a", "A", 100, 500)
    assert cache.get("a", 1099) == "A"
    assert cache.get("a", 1100) is None
    assert cache.get("x", 1100) is None


def test_reading_neither_renews_nor_drops():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "A", 100, 500), ("get", "a", 900), ("get", "a", 1099)])
    assert held(cache, 1100, "a") == [None]
    assert len(cache) == 1
    assert cache.sweep(1100) == ["a"]
    assert len(cache) == 0


def test_what_has_expired_already_is_refused():
    cache = TimestampCache(2, 1000)
    assert cache.put("a", "A", 0, 1000) is False
    assert len(cache) == 0
    assert cache.put("a", "A", 1, 1000) is True
    assert cache.put("a", "later", 500, 1500) is False
    assert cache.put("a", "later", 501, 1500) is True
    assert cache.get("a", 1500) == "later"


def test_an_expired_entry_may_be_replaced_in_its_place():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "1", 100, 500), ("put", "b", "2", 90, 500)])
    assert cache.put("a", "3", 600, 1200) is True
    assert len(cache) == 2
    assert cache.sweep(1200) == ["b"]
    assert cache.get("a", 1200) == "3"


def test_a_sweep_drops_what_expired_oldest_first():
    cache = TimestampCache(5, 1000)
    calls = [("a", 300), ("b", 100), ("c", 200), ("d", 100), ("e", 900)]
    replay(cache, [("put", key, "", ts, 900) for key, ts in calls])
    assert cache.sweep(1000) == []
    assert cache.sweep(1250) == ["b", "d", "c"]
    assert len(cache) == 2
    assert cache.sweep(1250) == []
    assert cache.sweep(5000) == ["a", "e"]
    assert len(cache) == 0


def test_a_newcomer_in_a_full_cache_drops_all_that_expired():
    cache = TimestampCache(3, 1000)
    calls = [("a", 100), ("b", 200), ("c", 900)]
    replay(cache, [("put", key, key, ts, 900) for key, ts in calls])
    assert cache.put("d", "d", 800, 1200) is True
    assert len(cache) == 2
    assert held(cache, 1200, "abcd") == [None, None, "c", "d"]
    assert cache.sweep(1200) == []


def test_while_there_is_room_nothing_that_expired_is_dropped():
    cache = TimestampCache(3, 1000)
    cache.put("a", "A", 100, 500)
    cache.put("b", "B", 2000, 2000)
    assert len(cache) == 2
    cache.put("b", "C", 2001, 2001)
    assert cache.put("c", "C", 900, 2001) is False
    assert len(cache) == 2
    assert cache.sweep(2001) == ["a"]


def test_the_clock_never_runs_back():
    cache = TimestampCache(2, 1000)
    replay(cache, [("put", "a", "A", 100, 500), ("put", "b", "B", 600, 600)])
    assert cache.get("x", 1100) is None
    assert cache.get("a", 500) is None
    assert cache.put("c", "C", 100, 0) is False
    assert cache.sweep(0) == ["a"]
    assert cache.get("b", 0) == "B"
    assert cache.put("c", "C", 900, 1700) is True
    assert held(cache, 0, "bc") == [None, "C"]


def test_timestamps_may_lie_in_the_future():
    cache = TimestampCache(1, 1000)
    assert cache.put("a", "A", 5000, 100) is True
    assert cache.get("a", 5999) == "A"
    assert cache.get("a", 6000) is None


def test_capacity_and_maximal_age_start_at_one():
    for capacity, max_age_ms in ((0, 1000), (2, 0), (-1, 1000), (2, -5)):
        with pytest.raises(ValueError):
            TimestampCache(capacity, max_age_ms)
    cache = TimestampCache(1, 1)
    assert cache.put("", "", 0, 0) is True
    assert replay(cache, [("get", "", 0), ("get", "", 1)]) == ["", None]


@pytest.mark.perf
def test_four_thousand_newcomers_in_a_full_cache_of_twenty_thousand():
    cache = TimestampCache(20_000, 10**9)
    stamps = [number * 7919 % 24_000 for number in range(24_000)]
    replay(cache, [("put", f"k{ts}", "", ts, 0) for ts in stamps if ts < 20_000])
    later = [ts for ts in stamps if ts >= 20_000]
    assert replay(cache, [("put", f"k{ts}", "", ts, 0) for ts in later]) == [True] * 4_000
    assert held(cache, 0, [f"k{ts}" for ts in range(4_000, 24_000)]) == [""] * 20_000
    assert len(cache) == 20_000


@pytest.mark.perf
def test_two_thousand_sweeps_of_twenty_thousand_entries():
    cache = TimestampCache(20_000, 10**6)
    replay(cache, [("put", f"k{ts}", "", ts, 0) for ts in range(20_000)])
    swept = replay(cache, [("sweep", 10**6 + 2 * number) for number in range(2_000)])
    assert swept[:3] == [["k0"], ["k1", "k2"], ["k3", "k4"]]
    assert len(cache) == 20_000 - 3_999


@pytest.mark.perf
def test_eight_thousand_updates_leave_nothing_behind():
    cache = TimestampCache(50, 10**6)
    for first in range(0, 8_000, 400):
        steps = range(first, first + 400)
        calls = [("put", f"{step % 40:012000}", "", step, step) for step in steps]
        assert replay(cache, calls) == [True] * 400
    assert len(cache) == 40
