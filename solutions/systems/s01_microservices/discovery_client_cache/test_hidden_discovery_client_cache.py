"""Hidden suite: a registry with a history, behind a channel that loses, repeats and reorders.

The model holds no instances of its own. It knows which moment of which life of the registry the
client must have reached, and looks up in the history what was there.
"""

import pytest

from discovery_client_cache import DiscoveryClient
from graders.kit import replay

NAMES, URLS = ["cart", "mail"], ["u1", "u2", "u3", "u4"]


class Registry:
    """One life of a registry: its instances after each change, and the changes."""

    def __init__(self, instances):
        self.history = [frozenset(instances)]
        self.events = []

    def change(self, rng):
        instance = (rng.choice(NAMES), rng.choice(URLS))
        now = self.history[-1]
        kind = "down" if instance in now and rng.random() < 0.8 else "up"
        self.history.append(now - {instance} if kind == "down" else now | {instance})
        self.events.append((len(self.history) - 1, kind, *instance))

    def snapshot(self, index):
        return as_services(self.history[index])


def as_services(instances):
    """Return instances as a snapshot lists them."""
    return {name: [url for each, url in sorted(instances) if each == name] for name in NAMES}


def random_run(rng, count):
    """Return calls and right answers of a client that protects nothing."""
    registry = Registry([("cart", "u1")])
    life, reached, in_step, any_index = registry, 0, False, True
    held = frozenset()
    in_flight, calls, right = [], [], []

    def step(result, *call):
        calls.append(call)
        right.append(result)
        calls.extend([("fresh",), ("next_request",)])
        right.extend([in_step, ("watch", reached) if in_step else ("snapshot",)])
        name = rng.choice(NAMES)
        calls.append(("resolve", name))
        right.append(sorted(url for each, url in held if each == name))

    for _ in range(count):
        action = rng.random()
        if action < 0.35:
            registry.change(rng)
            in_flight += [registry.events[-1]] * rng.choice([0, 1, 1, 1, 1, 1, 1, 2])
        elif action < 0.75 and in_flight:
            place = 0 if rng.random() < 0.9 else rng.randrange(len(in_flight))
            event = in_flight.pop(place)
            result = "gap"
            if in_step and event[0] <= reached:
                result = "duplicate"
            elif in_step and event[0] == reached + 1:
                result, reached = "applied", event[0]
                held = life.history[reached]
            in_step = in_step and result != "gap"
            step(result, "on_event", *event)
        elif action < 0.95:
            index = len(registry.history) - 1
            if rng.random() < 0.3:
                index = rng.randint(0, index)
            result = "old"
            if any_index or index >= reached:
                result, life, reached = "applied", registry, index
                held = life.history[reached]
                in_step, any_index = True, False
            step(result, "on_snapshot", index, registry.snapshot(index))
        else:
            in_step, any_index = False, True
            in_flight = [each for each in in_flight if rng.random() < 0.3]
            if rng.random() < 0.5:
                registry = Registry(registry.history[-1])
                in_flight = []
            step(None, "on_disconnect")
    return calls, right


def assert_same(client, calls, right):
    """Compare all answers; the message names the first call that differs."""
    answers = replay(client, calls)
    for place, (got, want) in enumerate(zip(answers, right, strict=True)):
        assert got == want, f"call {place} of {calls[: place + 1]}: expected {want}"


@pytest.mark.stage(2)
def test_an_unreliable_channel_leaves_a_moment_of_the_history(rng):
    for _ in range(6):
        assert_same(DiscoveryClient(0), *random_run(rng, 120))


@pytest.mark.stage(2)
def test_two_clients_share_nothing(rng):
    first, second = random_run(rng, 60), random_run(rng, 60)
    clients = DiscoveryClient(0), DiscoveryClient(0)
    for client, (calls, right) in zip(clients, (first, second), strict=True):
        assert_same(client, calls[:20], right[:20])
    for client, (calls, right) in zip(clients, (first, second), strict=True):
        assert_same(client, calls[20:], right[20:])


@pytest.mark.stage(3)
def test_random_snapshots_are_doubted_by_what_they_keep(rng):
    for percent in (1, 50, 85, 100):
        client = DiscoveryClient(percent)
        calls, right = [("on_snapshot", 5, {})], ["applied"]
        held, doubted, reached, told = set(), None, 5, set()
        for _ in range(60):
            if rng.random() < 0.7:
                everything = [(name, url) for name in NAMES for url in URLS]
                told = set(rng.sample(everything, rng.randint(0, len(everything))))
            index = reached + rng.choice([-1, 0, 1, 1, 2])
            lost = len(held) >= 4 and len(held & told) / len(held) * 100 < percent
            if index < reached:
                result = "old"
            elif lost and told != doubted:
                result, doubted = "protected", told
            else:
                result, held, doubted, reached = "applied", told, None, index
            calls += [("on_snapshot", index, as_services(told)), ("resolve", "mail")]
            right += [result, sorted(url for name, url in held if name == "mail")]
        assert_same(client, calls, right)


@pytest.mark.stage(3)
def test_protection_counts_what_events_have_changed():
    client = DiscoveryClient(50)
    steps = [("on_snapshot", 0, {"cart": ["u1"]})]
    steps += [("on_event", n, "up", "mail", f"u{n}") for n in range(1, 8)]
    steps += [("on_event", 8, "down", "cart", "u1")]
    steps += [("on_snapshot", 9, {"mail": ["u1", "u2", "u3"]})]
    steps += [("on_event", 9, "down", "mail", "u1"), ("resolve", "cart")]
    assert replay(client, steps)[-3:] == ["protected", "gap", []]
    assert client.on_snapshot(9, {"mail": ["u1", "u2", "u3", "u4"]}) == "applied"
    assert client.next_request() == ("watch", 9)
