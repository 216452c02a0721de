"""What the FIFO cache, the count of faults and the second chance must do."""

import pytest

from fifo_cache import FIFOCache, faults
from graders.kit import call_many, replay


def puts(*keys):
    """Return calls that put these keys, each with its capital letter as value."""
    return [("put", key, key.upper()) for key in keys]


@pytest.mark.stage(1)
def test_what_came_first_is_dropped_first():
    cache = FIFOCache(3)
    replay(cache, puts("a", "b", "c"))
    assert cache.keys() == ["a", "b", "c"]
    cache.put("d", "D")
    assert cache.keys() == ["b", "c", "d"]
    assert cache.get("a") is None
    assert cache.get("d") == "D"


@pytest.mark.stage(1)
def test_reading_does_not_save_a_key():
    cache = FIFOCache(3)
    replay(cache, [*puts("a", "b", "c"), ("get", "a"), ("get", "a"), *puts("d")])
    assert cache.keys() == ["b", "c", "d"]


@pytest.mark.stage(1)
def test_an_update_keeps_the_place_and_drops_nothing():
    cache = FIFOCache(3)
    replay(cache, [*puts("a", "b", "c"), ("put", "a", "new"), ("put", "c", "newer")])
    assert cache.keys() == ["a", "b", "c"]
    assert replay(cache, [("get", "a"), ("get", "b"), ("get", "c")]) == ["new", "B", "newer"]
    cache.put("d", "D")
    assert cache.keys() == ["b", "c", "d"]


@pytest.mark.stage(1)
def test_a_miss_changes_nothing_and_an_empty_text_is_a_value():
    cache = FIFOCache(2)
    calls = [("put", "", ""), *puts("b"), ("get", "x"), ("get", ""), ("keys",), *puts("c")]
    answers = replay(cache, [*calls, ("keys",), *puts(""), ("keys",)])
    assert answers == [None, None, None, "", ["", "b"], None, ["b", "c"], None, ["c", ""]]


@pytest.mark.stage(1)
def test_a_capacity_below_one_is_refused():
    for capacity in (0, -3):
        with pytest.raises(ValueError):
            FIFOCache(capacity)
        with pytest.raises(ValueError):
            FIFOCache(capacity, True)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_twenty_six_thousand_keys_through_a_cache_of_twenty_thousand():
    cache = FIFOCache(20_000)
    names = [f"key{number}" for number in range(26_000)]
    replay(cache, [("put", name, name) for name in names])
    assert cache.keys() == names[6_000:]
    assert replay(cache, [("get", name) for name in names]) == [None] * 6_000 + names[6_000:]


BELADY = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5]


@pytest.mark.stage(2)
def test_one_frame_more_can_bring_one_fault_more():
    assert faults(BELADY, 3) == 9
    assert faults(BELADY, 4) == 10


@pytest.mark.stage(2)
def test_faults_of_short_lists():
    calls = [(BELADY, 1), (BELADY, 2), (BELADY, 5), (BELADY, 100)]
    assert call_many(faults, calls) == [12, 12, 5, 5]
    assert call_many(faults, [([], 3), ([7, 7, 7], 1), ([0, -1, 0, -1], 1)]) == [0, 1, 4]
    # page 1 is read again and again, and goes first all the same
    assert faults([1, 2, 1, 1, 3, 1], 2) == 4
    for capacity in (0, -1):
        with pytest.raises(ValueError):
            faults([1, 2], capacity)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_thirty_thousand_references_to_one_page_more_than_fits():
    refs = [number % 20_001 for number in range(30_000)]
    assert faults(refs, 20_000) == 30_000


@pytest.mark.stage(3)
def test_what_was_read_gets_a_second_chance():
    cache = FIFOCache(3, True)
    replay(cache, [*puts("a", "b", "c"), ("get", "a")])
    assert cache.keys() == ["a", "b", "c"]
    cache.put("d", "D")
    assert cache.keys() == ["c", "a", "d"]
    assert replay(cache, [("get", "a"), ("get", "b"), ("get", "d")]) == ["A", None, "D"]


@pytest.mark.stage(3)
def test_a_mark_saves_once_however_often_the_key_was_read():
    cache = FIFOCache(3, True)
    replay(cache, [*puts("a", "b", "c"), ("get", "a"), ("get", "a"), *puts("d", "e")])
    assert cache.keys() == ["a", "d", "e"]
    cache.put("f", "F")
    assert cache.keys() == ["d", "e", "f"]


@pytest.mark.stage(3)
def test_an_update_marks_and_a_newcomer_has_no_mark():
    cache = FIFOCache(3, True)
    replay(cache, [*puts("a", "b", "c"), ("put", "a", "new"), *puts("d")])
    assert cache.keys() == ["c", "a", "d"]
    replay(cache, puts("e", "f", "g"))
    assert cache.keys() == ["e", "f", "g"]
    plain = FIFOCache(3, False)
    replay(plain, [*puts("a", "b", "c"), ("put", "a", "new"), *puts("d")])
    assert plain.keys() == ["b", "c", "d"]


@pytest.mark.stage(3)
def test_where_all_are_marked_the_first_goes_after_one_lap():
    cache = FIFOCache(3, True)
    replay(cache, [*puts("a", "b", "c"), ("get", "c"), ("get", "a"), ("get", "b"), *puts("d")])
    assert cache.keys() == ["b", "c", "d"]
    replay(cache, [("get", "d"), *puts("e")])
    assert cache.keys() == ["c", "d", "e"]
    replay(cache, puts("f", "g"))
    assert cache.keys() == ["f", "d", "g"]


@pytest.mark.perf
@pytest.mark.stage(3)
def test_two_laps_round_twenty_thousand_marked_entries():
    cache = FIFOCache(20_000, True)
    names = [f"key{number}" for number in range(20_002)]
    replay(cache, [("put", name, name) for name in names[:20_000]])
    replay(cache, [*[("get", name) for name in names[:20_000]], ("put", names[20_000], "")])
    assert cache.keys() == names[1:20_001]
    replay(cache, [*[("get", name) for name in names[1:20_001]], ("put", names[20_001], "")])
    assert cache.keys() == names[2:]
