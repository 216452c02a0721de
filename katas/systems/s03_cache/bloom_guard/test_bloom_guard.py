"""What a Bloom filter before a store must do."""

import pytest

from bloom_guard import BloomGuard, shape
from graders.kit import counted, replay


def added(guard, keys):
    """Add the keys; return whether each was new."""
    return replay(guard, [("add", key) for key in keys])


def seen(guard, keys):
    """Return for each key whether the guard lets it pass."""
    return replay(guard, [("might_contain", key) for key in keys])


def test_the_shape_follows_from_capacity_and_rate():
    assert shape(10, 0.1) == (48, 3)
    assert shape(1_000, 0.01) == (9_586, 7)
    assert shape(1_000, 0.001) == (14_378, 10)
    assert shape(7, 0.3) == (18, 2)


def test_one_hash_is_the_least():
    assert shape(1, 0.9) == (1, 1)


def test_there_is_no_shape_for_nothing_or_for_certainty():
    for capacity, rate in ((0, 0.1), (-5, 0.1), (10, 0), (10, 1), (10, 1.5), (10, -0.1)):
        with pytest.raises(ValueError):
            shape(capacity, rate)
        with pytest.raises(ValueError):
            BloomGuard(capacity, rate)


def test_an_empty_guard_lets_nothing_pass():
    guard = BloomGuard(10, 0.1)
    assert seen(guard, ["a", "b", "订单"]) == [False, False, False]
    assert guard.dump() == bytes(6)


def test_what_was_added_passes_for_ever():
    guard = BloomGuard(10, 0.1)
    assert added(guard, ["a", "b", "订单"]) == [True, True, True]
    assert seen(guard, ["a", "b", "订单", "c"]) == [True, True, True, False]


def test_a_key_is_a_set_of_bits():
    guard = BloomGuard(10, 0.1)
    guard.add("a")  # positions 10, 7, 4
    assert guard.dump() == bytes([0x90, 0x04, 0, 0, 0, 0])
    guard.add("订单")  # positions 2, 16, 30
    assert guard.dump() == bytes([0x94, 0x04, 0x01, 0x40, 0, 0])


def test_add_says_whether_the_key_was_new():
    guard = BloomGuard(10, 0.1)
    assert added(guard, ["a", "b", "b", "a"]) == [True, True, False, False]


def test_bits_of_others_can_make_a_key_look_known():
    guard = BloomGuard(10, 0.1)
    added(guard, ["a", "b", "订单"])
    assert seen(guard, ["k293"]) == [True]
    assert guard.add("k293") is False


def test_the_store_is_asked_for_what_may_exist_only():
    guard = BloomGuard(10, 0.1)
    guard.add("a")
    load = counted(lambda key: f"row of {key}")
    assert [guard.ask("a", load), guard.ask("b", load), guard.ask("a", load)] == [
        "row of a", None, "row of a"]
    assert load.calls == 2


def test_a_suspicion_is_settled_by_the_store():
    guard = BloomGuard(10, 0.1)
    added(guard, ["a", "b", "订单"])
    load = counted(lambda key: None)
    assert guard.ask("k293", load) is None
    assert load.calls == 1


def test_a_dump_becomes_the_same_filter_again():
    first = BloomGuard(10, 0.1)
    added(first, ["a", "b"])
    data = first.dump()
    again = BloomGuard(10, 0.1, data)
    assert seen(again, ["a", "b", "订单"]) == [True, True, False]
    again.add("订单")
    assert first.dump() == data != again.dump()


def test_filters_of_two_machines_become_one():
    guard = BloomGuard(10, 0.1)
    guard.add("a")
    guard.merge(bytes([0, 0x44, 0x04, 0, 0, 0]))  # of a machine that knows "b"
    assert seen(guard, ["a", "b", "订单"]) == [True, True, False]
    assert guard.dump() == bytes([0x90, 0x44, 0x04, 0, 0, 0])


def test_a_dump_of_another_shape_is_refused_and_changes_nothing():
    guard = BloomGuard(7, 0.3)  # 18 bits in three bytes
    guard.add("a")
    before = guard.dump()
    for data in (b"", bytes(2), bytes(4), bytes([0, 0, 0x04])):
        with pytest.raises(ValueError):
            guard.merge(data)
        with pytest.raises(ValueError):
            BloomGuard(7, 0.3, data)
    assert guard.dump() == before
    guard.merge(bytes([0, 0, 0x03]))
    assert guard.dump()[2] == 0x03 | before[2]


@pytest.mark.perf
def test_keys_among_millions_of_bits():
    guard = BloomGuard(600_000, 0.01)
    operations = [("add", f"user-{number}") for number in range(3_000)]
    operations += [("might_contain", f"user-{number}") for number in range(6_000)]
    answers = replay(guard, operations)
    assert answers[:6_000] == [True] * 6_000
    assert not any(answers[6_000:])
