"""Hidden suite: replicas that gossip over a bad network, against the set of all writes.

The model of a replica is the list of stamped writes that have reached it; whatever it must answer
is found by looking through the whole list.
"""

import pytest

from eventual_kv_gossip import Replica
from graders.kit import replay

KEYS = ["x", "y", "z", "w"]


class Model:
    """One replica as the list of all items it has written or merged."""

    def __init__(self, node):
        self.node = node
        self.items = []

    def write(self, key, value, now_ms):
        physical = max([now_ms, *(stamp[0] for _, _, stamp in self.items)])
        same = [stamp[1] for _, _, stamp in self.items if stamp[0] == physical]
        stamp = (physical, max(same, default=-1) + 1, self.node)
        self.items.append((key, value, stamp))
        return stamp

    def winners(self):
        best = {}
        for key, value, stamp in sorted(self.items, key=lambda item: item[2]):
            best[key] = (value, stamp)
        return best

    def values(self):
        winners = self.winners()
        return [winners.get(key, (None, None))[0] for key in KEYS]

    def digest(self):
        newest = {}
        for _, _, (physical, logical, node) in sorted(self.items, key=lambda item: item[2]):
            newest[node] = (physical, logical)
        return newest

    def delta(self, remote):
        found = [(key, value, stamp) for key, (value, stamp) in self.winners().items()]
        found = [item for item in found if item[2][:2] > remote.get(item[2][2], (0, 0))]
        return sorted(found, key=lambda item: item[2])

    def merge(self, items):
        before = self.values()
        self.items += items
        return sum(old != new for old, new in zip(before, self.values(), strict=True))


class Group:
    """Replicas, their models, their wall clocks, and answers that are on their way."""

    def __init__(self, rng, size):
        self.rng = rng
        self.names = [f"n{number}" for number in range(size)]
        rng.shuffle(self.names)
        self.replicas = {name: Replica(name) for name in self.names}
        self.models = {name: Model(name) for name in self.names}
        self.clocks = {name: rng.randint(1, 2000) for name in self.names}
        self.in_flight = []

    def write(self):
        name, key = self.rng.choice(self.names), self.rng.choice(KEYS)
        self.clocks[name] = max(1, self.clocks[name] + self.rng.choice([0, 0, 1, 3, -50]))
        now_ms, replica = self.clocks[name], self.replicas[name]
        if self.rng.random() < 0.25:
            got, right = replica.delete(key, now_ms), self.models[name].write(key, None, now_ms)
        else:
            value = self.rng.choice(["", "1", "2", "3"])
            got = replica.put(key, value, now_ms)
            right = self.models[name].write(key, value, now_ms)
        assert got == right, f"{name} stamps a write at {now_ms} with {got}, expected {right}"

    def ask(self, target, source):
        """Let `source` answer the digest of `target`."""
        digest = self.replicas[target].digest()
        assert digest == self.models[target].digest(), f"digest of {target}"
        items = self.replicas[source].delta(digest)
        right = self.models[source].delta(digest)
        assert items == right, f"delta of {source} for {digest}: expected {right}"
        return target, items

    def arrive(self, target, items):
        got, right = self.replicas[target].merge(items), self.models[target].merge(items)
        assert got == right, f"{target} merges {items}: expected {right} changes"
        values = replay(self.replicas[target], [("get", key) for key in KEYS])
        assert values == self.models[target].values(), f"values of {target}"

    def step(self, lose):
        action = self.rng.random()
        if action < 0.5:
            self.write()
        elif action < 0.75:
            answer = self.ask(*self.rng.sample(self.names, 2))
            if self.rng.random() >= lose:
                self.in_flight += [answer] * self.rng.choice([1, 1, 2])
        elif self.in_flight:
            place = self.rng.randrange(len(self.in_flight))
            self.arrive(*self.in_flight.pop(place))


@pytest.mark.stage(3)
def test_gossip_over_a_bad_network_follows_the_model(rng):
    for size in (2, 3, 4):
        group = Group(rng, size)
        for _ in range(110):
            group.step(lose=0.3)
        for name, model in group.models.items():
            assert group.replicas[name].delta({}) == model.delta({}), name


@pytest.mark.stage(3)
def test_after_a_partition_two_rounds_make_all_replicas_equal(rng):
    group = Group(rng, 4)
    for _ in range(25):
        group.write()
        pair = rng.choice([group.names[:2], group.names[2:]])
        group.arrive(*group.ask(*rng.sample(pair, 2)))
    for _ in range(2):
        for target in group.names:
            for source in group.names:
                if source != target:
                    group.arrive(*group.ask(target, source))
    everything = Model("all")
    for model in group.models.values():
        everything.items += model.items
    for name, replica in group.replicas.items():
        values = replay(replica, [("get", key) for key in KEYS])
        assert values == everything.values(), name
        for other in group.names:
            assert replica.delta(group.replicas[other].digest()) == []


@pytest.mark.stage(2)
def test_any_order_and_any_grouping_of_items_gives_the_same(rng):
    stamps = [(at, logical, node) for at in (3, 4) for logical in (0, 1) for node in "abc"]
    items = [(rng.choice(KEYS), rng.choice([None, "1", "2"]), stamp) for stamp in stamps]
    model = Model("r")
    model.merge(items)
    for _ in range(6):
        rng.shuffle(items)
        cut = rng.randint(0, len(items))
        replica, steps = Replica("r"), [("merge", items[:cut]), ("merge", items[cut:])]
        repeats = [("merge", [rng.choice(items)]) for _ in range(5)]
        assert replay(replica, steps + repeats)[2:] == [0] * 5
        assert replay(replica, [("get", key) for key in KEYS]) == model.values()
        assert replica.put("x", "last", 1) == (4, 2, "r")


@pytest.mark.stage(1)
def test_one_replica_with_a_restless_clock_stamps_like_the_model(rng):
    replica, model = Replica("solo"), Model("solo")
    steps, right = [], []
    for _ in range(120):
        key, value, now_ms = rng.choice(KEYS), rng.choice("123"), rng.randint(1, 40)
        steps += [("put", key, value, now_ms), ("get", key)]
        right += [model.write(key, value, now_ms), value]
    assert replay(replica, steps) == right
