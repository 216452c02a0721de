"""Visible suite of hash_ring_rebalance: owners, copies, moves."""

import pytest

from graders.kit import replay
from hash_ring_rebalance import HashRing

# One point each, round the circle: cdg 02b2b54ca61f3031, ber 5c7d81f5433ef9ca, ams e1d4d63d4971de6e
THREE = {"ams": 1, "ber": 1, "cdg": 1}

# With ber at weight 2, ams and cdg at 1, and the default 100 points; the last four lie on the last
# point of a node or where the next one would have been.
FOUR_HUNDRED_POINTS = {
    b"user:1": "ber",
    b"user:4": "cdg",
    b"user:5": "ams",
    b"order:889": "ber",
    b"ams#99": "ams",
    b"ber#199": "ber",
    b"ams#100": "cdg",
    b"ber#200": "ams",
}


def owners(ring, keys):
    """Return the owner of each key."""
    return replay(ring, [("lookup", key) for key in keys])


def numbered(text, count):
    """Make `count` keys: b"<text>:0", b"<text>:1", …"""
    return [b"%b:%d" % (text, number) for number in range(count)]


def cluster(count):
    """Name `count` nodes of weight 1."""
    return {f"node{number}": 1 for number in range(count)}


@pytest.mark.stage(1)
def test_a_key_belongs_to_the_next_point():
    keys = [b"user:8", b"user:10", b"user:7", b"user:9", b"user:1", b"user:4"]
    assert owners(HashRing(THREE, 1), keys) == ["ber", "ber", "ams", "ams", "ams", "ams"]


@pytest.mark.stage(1)
def test_behind_the_last_point_comes_the_first():
    assert owners(HashRing(THREE, 1), [b"user:2", b"user:3"]) == ["cdg", "cdg"]


@pytest.mark.stage(1)
def test_a_key_that_lies_on_a_point_belongs_to_it():
    assert owners(HashRing(THREE, 1), [b"ams#0", b"ber#0", b"cdg#0"]) == ["ams", "ber", "cdg"]


@pytest.mark.stage(1)
def test_a_node_has_100_points_for_each_unit_of_weight():
    ring = HashRing({"ams": 1, "ber": 2, "cdg": 1})
    assert owners(ring, list(FOUR_HUNDRED_POINTS)) == list(FOUR_HUNDRED_POINTS.values())


@pytest.mark.stage(1)
def test_the_order_of_the_nodes_means_nothing():
    ring = HashRing({"cdg": 1, "ber": 2, "ams": 1})
    assert owners(ring, list(FOUR_HUNDRED_POINTS)) == list(FOUR_HUNDRED_POINTS.values())


@pytest.mark.stage(1)
def test_names_are_hashed_as_utf8():
    keys = [f"键:{number}".encode() for number in range(6)]
    expected = ["北京", "北京", "北京", "北京", "北京", "上海"]
    assert owners(HashRing({"上海": 1, "北京": 1}, 10), keys) == expected


@pytest.mark.stage(1)
def test_a_weight_of_2_brings_about_twice_the_keys():
    got = owners(HashRing({"a": 1, "b": 1, "c": 2, "d": 1}), numbered(b"key", 2000))
    average = sum(got.count(node) for node in "abd") / 3
    assert 1.7 * average <= got.count("c") <= 2.5 * average


@pytest.mark.stage(1)
def test_a_ring_without_nodes_owns_nothing():
    ring = HashRing({})
    with pytest.raises(LookupError):
        ring.lookup(b"user:1")


@pytest.mark.stage(1)
def test_weights_and_vnodes_start_at_1():
    for nodes, vnodes in (({"a": 0}, 100), ({"a": 1, "b": -1}, 100), ({"a": 1}, 0)):
        with pytest.raises(ValueError):
            HashRing(nodes, vnodes)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_20000_lookups_on_10000_points():
    got = owners(HashRing(cluster(50), 200), numbered(b"key", 20_000))
    assert len(got) == 20_000
    assert set(got) == set(cluster(50))


@pytest.mark.stage(2)
def test_copies_go_to_the_next_nodes_clockwise():
    steps = [("preference", b"user:8", n) for n in (1, 2, 3)]
    steps += [("preference", b"user:1", 3), ("preference", b"user:2", 2)]
    assert replay(HashRing(THREE, 1), steps) == [
        ["ber"],
        ["ber", "ams"],
        ["ber", "ams", "cdg"],
        ["ams", "cdg", "ber"],
        ["cdg", "ber"],
    ]


@pytest.mark.stage(2)
def test_copies_go_to_different_nodes_though_each_has_many_points():
    ring = HashRing({"ams": 1, "ber": 2, "cdg": 1})
    steps = [("preference", b"user:%d" % i, 2) for i in (4, 6, 11, 13)]
    assert replay(ring, [*steps, ("preference", b"user:17", 3)]) == [
        ["cdg", "ams"],
        ["ber", "ams"],
        ["cdg", "ber"],
        ["ber", "cdg"],
        ["ber", "ams", "cdg"],
    ]


@pytest.mark.stage(2)
def test_more_copies_than_nodes_are_all_nodes():
    steps = [("preference", b"user:8", 4), ("preference", b"user:2", 1000)]
    assert replay(HashRing(THREE, 1), steps) == [["ber", "ams", "cdg"], ["cdg", "ber", "ams"]]


@pytest.mark.stage(2)
def test_copies_need_a_node_and_a_count():
    for n in (0, -1):
        with pytest.raises(ValueError):
            HashRing(THREE, 1).preference(b"user:1", n)
    with pytest.raises(LookupError):
        HashRing({}).preference(b"user:1", 1)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_4000_times_3_copies_on_10000_points():
    ring = HashRing(cluster(50), 200)
    got = replay(ring, [("preference", key, 3) for key in numbered(b"key", 4_000)])
    assert all(len(nodes) == len(set(nodes)) == 3 for nodes in got)
    assert len(got) == 4_000


@pytest.mark.stage(3)
def test_the_plan_lists_only_keys_that_move_in_their_order():
    keys = [b"user:%d" % i for i in (6, 8, 4, 1, 3, 6)]
    assert HashRing(THREE, 1).plan(keys, THREE | {"dub": 1}) == [
        (b"user:6", "ams", "dub"),
        (b"user:1", "ams", "dub"),
        (b"user:6", "ams", "dub"),
    ]


@pytest.mark.stage(3)
def test_a_tenth_node_takes_about_a_tenth_and_nothing_else_moves():
    moves = HashRing(cluster(9)).plan(numbered(b"key", 1000), cluster(10))
    assert {new for _, _, new in moves} == {"node9"}
    assert {old for _, old, _ in moves} == set(cluster(9))
    assert 70 <= len(moves) <= 130


@pytest.mark.stage(3)
def test_the_keys_of_a_removed_node_spread_over_the_others():
    moves = HashRing(cluster(10)).plan(numbered(b"key", 1000), cluster(9))
    assert {old for _, old, _ in moves} == {"node9"}
    assert {new for _, _, new in moves} == set(cluster(9))
    assert 70 <= len(moves) <= 130


@pytest.mark.stage(3)
def test_a_plan_changes_nothing_yet():
    ring = HashRing(THREE, 1)
    steps = [("plan", [b"user:1"], THREE | {"dub": 1}), ("lookup", b"user:1")]
    assert replay(ring, steps + steps) == [[(b"user:1", "ams", "dub")], "ams"] * 2


@pytest.mark.stage(3)
def test_a_plan_needs_nodes_before_and_after():
    for new_nodes in ({}, {"ams": 1, "ber": 0}):
        with pytest.raises(ValueError):
            HashRing(THREE, 1).plan([b"user:1"], new_nodes)
    with pytest.raises(LookupError):
        HashRing({}).plan([b"user:1"], THREE)
