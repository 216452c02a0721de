"""Visible suite of eventual_kv_gossip: stamps, merging, anti-entropy."""

from itertools import permutations

import pytest

from eventual_kv_gossip import Replica
from graders.kit import checked, replay


def values(replica, keys="xyz"):
    """Return what the replica answers for each key that has a value."""
    answers = replay(replica, [("get", key) for key in keys])
    return {key: value for key, value in zip(keys, answers, strict=True) if value is not None}


def sync(target, source):
    """Give `target` what it lacks of `source`; return what was sent."""
    items = source.delta(target.digest())
    target.merge(items)
    return items


@pytest.mark.stage(1)
def test_a_later_put_replaces_the_value():
    replica = Replica("a")
    steps = [("get", "x"), ("put", "x", "1", 10), ("get", "x")]
    steps += [("put", "x", "", 11), ("get", "x"), ("get", "y")]
    assert replay(replica, steps) == [None, (10, 0, "a"), "1", (11, 0, "a"), "", None]


@pytest.mark.stage(1)
def test_stamps_of_one_millisecond_are_counted():
    steps = [("put", key, "1", now_ms) for key, now_ms in (("x", 10), ("y", 10), ("x", 10))]
    steps += [("put", "z", "1", 12), ("delete", "z", 12), ("put", "x", "1", 13)]
    assert replay(Replica("n7"), steps) == [
        (10, 0, "n7"),
        (10, 1, "n7"),
        (10, 2, "n7"),
        (12, 0, "n7"),
        (12, 1, "n7"),
        (13, 0, "n7"),
    ]


@pytest.mark.stage(1)
def test_a_clock_that_jumps_back_makes_no_smaller_stamp():
    replica = Replica("a")
    steps = [("put", "x", "old", 50), ("put", "x", "new", 20), ("get", "x")]
    steps += [("put", "x", "newer", 50), ("put", "x", "newest", 1), ("get", "x")]
    stamps = [(50, 0, "a"), (50, 1, "a"), "new", (50, 2, "a"), (50, 3, "a"), "newest"]
    assert replay(replica, steps) == stamps


@pytest.mark.stage(1)
def test_a_deleted_key_has_no_value():
    replica = Replica("a")
    steps = [("put", "x", "1", 10), ("delete", "x", 10), ("get", "x")]
    steps += [("delete", "y", 9), ("get", "y"), ("put", "x", "2", 11), ("get", "x")]
    right = [(10, 0, "a"), (10, 1, "a"), None, (10, 2, "a"), None, (11, 0, "a"), "2"]
    assert replay(replica, steps) == right


@pytest.mark.stage(2)
def test_the_largest_stamp_wins_in_whatever_order_items_come():
    items = [
        ("x", "1", (10, 0, "c")),
        ("x", "2", (10, 1, "a")),
        ("x", "3", (9, 9, "b")),
        ("x", "4", (10, 1, "b")),
    ]
    for order in permutations(items):
        replica = Replica("a")
        assert replica.merge(list(order)) == 1
        assert replica.get("x") == "4"
        replica = Replica("a")
        replay(replica, [("merge", [item]) for item in order])
        assert replica.get("x") == "4"


@pytest.mark.stage(2)
def test_an_older_write_that_arrives_later_changes_nothing():
    replica = Replica("b")
    replica.put("x", "mine", 10)
    assert replica.merge([("x", "old", (9, 5, "z")), ("x", "small", (10, 0, "a"))]) == 0
    assert replica.get("x") == "mine"
    assert replica.merge([("x", "new", (10, 0, "c"))]) == 1
    assert replica.get("x") == "new"


@pytest.mark.stage(2)
def test_a_put_that_arrives_after_a_later_delete_stays_deleted():
    replica = Replica("b")
    replica.put("x", "1", 10)
    assert replica.merge([("x", None, (12, 0, "a")), ("y", None, (12, 1, "a"))]) == 1
    assert replica.merge([("x", "2", (11, 0, "c")), ("y", "2", (12, 0, "a"))]) == 0
    assert values(replica) == {}
    assert replica.merge([("y", "3", (12, 2, "a"))]) == 1
    assert values(replica) == {"y": "3"}


@pytest.mark.stage(2)
def test_merging_again_changes_nothing():
    replica = Replica("b")
    items = [("x", "1", (10, 0, "a")), ("y", "2", (11, 0, "a")), ("x", "1", (10, 0, "a"))]
    assert replay(replica, [("merge", items)] * 3) == [2, 0, 0]
    assert values(replica) == {"x": "1", "y": "2"}


@pytest.mark.stage(2)
def test_keys_are_counted_whose_value_is_another_than_before():
    replica = Replica("b")
    replica.put("x", "1", 10)
    items = [("x", "1", (20, 0, "a")), ("y", None, (21, 0, "a"))]
    assert replica.merge(items) == 0
    items = [("x", "2", (22, 0, "a")), ("x", "1", (23, 0, "a"))]
    assert replica.merge(items) == 0
    items = [("x", "3", (24, 0, "a")), ("x", "4", (25, 0, "a")), ("y", "", (26, 0, "a"))]
    assert replica.merge(items) == 2


@pytest.mark.stage(2)
def test_a_write_beats_all_that_was_merged_even_from_the_future():
    replica = Replica("a")
    replica.merge([("x", "future", (3_600_010, 4, "b")), ("y", "1", (3_600_010, 2, "c"))])
    assert replica.put("x", "mine", 10) == (3_600_010, 5, "a")
    assert replica.get("x") == "mine"
    replica.merge([("x", "loser", (3_600_010, 5, "A")), ("z", "1", (9, 99, "b"))])
    assert replica.delete("x", 3_600_010) == (3_600_010, 6, "a")
    assert replica.put("x", "later", 3_600_011) == (3_600_011, 0, "a")
    assert values(replica) == {"x": "later", "y": "1", "z": "1"}


@pytest.mark.stage(3)
def test_the_digest_tells_the_largest_time_seen_of_each_node():
    replica = Replica("b")
    assert replica.digest() == {}
    replay(replica, [("put", "x", "1", 10), ("put", "x", "2", 10)])
    assert replica.digest() == {"b": (10, 1)}
    replica.merge([("x", "3", (12, 0, "a")), ("x", "loser", (8, 7, "c")), ("y", "1", (9, 9, "a"))])
    assert replica.digest() == {"a": (12, 0), "b": (10, 1), "c": (8, 7)}
    replica.merge([("z", "1", (11, 0, "a"))])
    assert replica.digest() == {"a": (12, 0), "b": (10, 1), "c": (8, 7)}


@pytest.mark.stage(3)
def test_the_delta_is_what_wins_here_and_is_not_known_there():
    replica = Replica("b")
    replay(replica, [("put", "x", "1", 10), ("put", "y", "2", 11), ("put", "x", "3", 12)])
    replica.merge([("z", "4", (11, 5, "a")), ("w", "5", (9, 0, "a")), ("v", "6", (11, 0, "c"))])
    replica.delete("w", 13)
    y, x = ("y", "2", (11, 0, "b")), ("x", "3", (12, 0, "b"))
    z, w, v = ("z", "4", (11, 5, "a")), ("w", None, (13, 0, "b")), ("v", "6", (11, 0, "c"))
    assert replica.delta({}) == [y, v, z, x, w]
    assert replica.delta({"a": (11, 4), "b": (11, 0)}) == [v, z, x, w]
    assert replica.delta({"a": (11, 5), "b": (12, 0), "d": (99, 0)}) == [v, w]
    assert replica.delta({"a": (99, 0), "b": (13, 0), "c": (11, 0)}) == []
    replica = Replica("e")
    assert replica.put("x", "1", 1) == (1, 0, "e")
    assert replica.delta({}) == [("x", "1", (1, 0, "e"))]


@pytest.mark.stage(3)
def test_items_that_were_merged_out_of_order_are_passed_on():
    replica = Replica("b")
    items = [(key, "1", (at, 0, "a")) for key, at in (("x", 30), ("y", 10), ("z", 20), ("w", 5))]
    replay(replica, [("merge", [item]) for item in items])
    assert [stamp[0] for _, _, stamp in replica.delta({})] == [5, 10, 20, 30]
    assert [stamp[0] for _, _, stamp in replica.delta({"a": (10, 0)})] == [20, 30]


@pytest.mark.stage(3)
def test_two_replicas_that_talk_end_up_equal():
    a, b = Replica("a"), Replica("b")
    replay(a, [("put", "x", "1", 10), ("put", "y", "2", 10), ("put", "x", "3", 7)])
    b.put("x", "9", 10)
    assert sync(b, a) == [("y", "2", (10, 1, "a")), ("x", "3", (10, 2, "a"))]
    assert b.delta(a.digest()) == []
    assert b.delete("y", 5) == (10, 3, "b")
    assert sync(a, b) == [("y", None, (10, 3, "b"))]
    assert values(a) == values(b) == {"x": "3"}
    assert a.put("y", "4", 11) == (11, 0, "a")
    assert len(sync(b, a)) == 1
    assert sync(a, b) == []


@pytest.mark.stage(3)
def test_writes_behind_a_larger_time_of_another_node_are_not_lost():
    a, b, c = Replica("a"), Replica("b"), Replica("c")
    a.put("x", "1", 9_000)
    b.put("y", "2", 10)
    sync(c, a)
    assert len(sync(c, b)) == 1
    b.put("z", "3", 11)
    assert sync(c, b) == [("z", "3", (11, 0, "b"))]
    assert sync(a, c) == [("y", "2", (10, 0, "b")), ("z", "3", (11, 0, "b"))]
    assert values(a) == {"x": "1", "y": "2", "z": "3"}


@pytest.mark.stage(3)
def test_what_is_returned_or_passed_in_is_not_touched():
    replica = Replica("a")
    replica.put("x", "1", 10)
    digest = replica.digest()
    replica.put("y", "2", 11)
    assert digest == {"a": (10, 0)}
    assert checked(replica.delta, {"b": (1, 0)})[1] == ({"b": (1, 0)},)
    items = [("z", "1", (12, 0, "b")), ("x", "2", (9, 0, "b"))]
    assert checked(replica.merge, items) == (1, ([*items],))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_six_hundred_short_deltas_among_twenty_thousand_keys():
    replica = Replica("a")
    replay(replica, [("put", f"key-{number}", "old", number + 1) for number in range(20_000)])
    steps, right = [], []
    for number in range(6_000):
        key, now_ms = f"key-{number * 7919 % 20_000}", 20_001 + number
        steps.append(("put", key, "new", now_ms))
        right.append((key, "new", (now_ms, 0, "a")))
        if number % 10 == 9:
            steps.append(("delta", {"a": (now_ms - 10, 0), "b": (7, 7)}))
    answers = replay(replica, steps)[10::11]
    assert [item for answer in answers for item in answer] == right
