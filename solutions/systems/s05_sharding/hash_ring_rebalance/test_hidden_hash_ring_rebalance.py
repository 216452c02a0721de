"""Hidden suite of hash_ring_rebalance: random rings against the definition, point by point."""

from hashlib import md5

import pytest

from graders.kit import replay
from hash_ring_rebalance import HashRing

CIRCLE = 2**64


def place(data):
    """Read the first 16 hex digits of the MD5."""
    return int(md5(data, usedforsecurity=False).hexdigest()[:16], 16)


class Oracle:
    """The definition: every point of every node, sorted anew by its distance from each key."""

    def __init__(self, nodes, vnodes):
        self.points = [
            (place(f"{node}#{i}".encode()), node)
            for node in nodes
            for i in range(vnodes * nodes[node])
        ]

    def nodes_from(self, key):
        """Name the nodes in the order in which they are met clockwise from the key."""
        start = place(key)
        by_distance = sorted(((point - start) % CIRCLE, node) for point, node in self.points)
        return list(dict.fromkeys(node for _, node in by_distance))


def random_nodes(rng, names="αβγδεζηθ"):
    """Choose some of eight nodes, in any order, with weights from 1 to 3."""
    chosen = rng.sample(names, rng.randint(1, len(names)))
    return {f"{name}{rng.choice(['', '#1', '.example'])}": rng.randint(1, 3) for name in chosen}


def random_keys(rng, nodes, count):
    """Make random keys, and for each node one that lies on its first point."""
    keys = [rng.randbytes(rng.randint(0, 12)) for _ in range(count)]
    return keys + [f"{node}#0".encode() for node in nodes]


@pytest.mark.stage(1)
def test_owners_of_random_keys_on_random_rings(rng):
    for vnodes in (1, 2, 5, 12):
        nodes = random_nodes(rng)
        keys = random_keys(rng, nodes, 60)
        oracle = Oracle(nodes, vnodes)
        got = replay(HashRing(nodes, vnodes), [("lookup", key) for key in keys])
        assert dict(zip(keys, got, strict=True)) == {k: oracle.nodes_from(k)[0] for k in keys}


@pytest.mark.stage(2)
def test_copies_of_random_keys_on_random_rings(rng):
    for vnodes in (1, 2, 5, 12):
        nodes = random_nodes(rng)
        oracle = Oracle(nodes, vnodes)
        calls = [(key, rng.randint(1, 9)) for key in random_keys(rng, nodes, 40)]
        got = replay(HashRing(nodes, vnodes), [("preference", *call) for call in calls])
        for (key, n), copies in zip(calls, got, strict=True):
            right = oracle.nodes_from(key)[:n]
            assert copies == right, f"preference({key}, {n}) of {nodes} x {vnodes}: {copies}"


@pytest.mark.stage(3)
def test_plans_between_random_rings(rng):
    for vnodes in (1, 2, 5, 12):
        nodes, new_nodes = random_nodes(rng), random_nodes(rng)
        keys = random_keys(rng, nodes | new_nodes, 50)
        keys += rng.choices(keys, k=10)
        before, after = Oracle(nodes, vnodes), Oracle(new_nodes, vnodes)
        moves = [(key, before.nodes_from(key)[0], after.nodes_from(key)[0]) for key in keys]
        right = [move for move in moves if move[1] != move[2]]
        assert HashRing(nodes, vnodes).plan(keys, new_nodes) == right


@pytest.mark.stage(3)
def test_a_higher_weight_only_draws_keys_to_its_node(rng):
    keys = [rng.randbytes(8) for _ in range(600)]
    moves = HashRing({"a": 1, "b": 1, "c": 1}).plan(keys, {"a": 1, "b": 3, "c": 1})
    assert {(old, new) for _, old, new in moves} == {("a", "b"), ("c", "b")}


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_plan_for_10000_keys_on_10000_points():
    nodes = {f"node{number}": 1 for number in range(50)}
    keys = [b"key:%d" % number for number in range(10_000)]
    moves = HashRing(nodes, 200).plan(keys, nodes | {"late": 2})
    assert {new for _, _, new in moves} == {"late"}
    assert 200 <= len(moves) <= 600
