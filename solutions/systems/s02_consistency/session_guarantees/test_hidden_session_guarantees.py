"""Hidden suite: servers as sets of writes, against every answer of the session.

The model knows no vectors. A write is a pair (origin, number); servers pass on what they have;
a server may serve when its set contains the set that the guarantee asks for.
"""

import pytest

from graders.kit import replay
from session_guarantees import Session

NAMES = ["RYW", "MR", "MW", "WFR"]


class Cluster:
    """Servers that accept writes and pass them on, each origin's in order."""

    def __init__(self, names):
        self.has = {name: set() for name in names}
        self.count = dict.fromkeys(names, 0)

    def accept(self, name):
        self.count[name] += 1
        self.has[name].add((name, self.count[name]))
        return self.count[name]

    def pass_on(self, rng):
        """Let one server learn the next writes of one origin from another server."""
        source, target = rng.sample(sorted(self.has), 2)
        origin = rng.choice(sorted(self.has))
        known = sum(1 for name, _ in self.has[target] if name == origin)
        for number in range(known + 1, known + rng.randint(1, 4)):
            if (origin, number) in self.has[source]:
                self.has[target].add((origin, number))

    def vector(self, name):
        numbers = {}
        for origin, number in self.has[name]:
            numbers[origin] = max(number, numbers.get(origin, 0))
        return numbers


class Model:
    """What the session has read and written, as sets of writes."""

    def __init__(self, guarantees):
        self.on = guarantees
        self.read, self.written = set(), set()

    def may(self, op, has):
        if op == "read":
            needed = [("RYW", self.written), ("MR", self.read)]
        else:
            needed = [("MW", self.written), ("WFR", self.read)]
        return all(writes <= has for name, writes in needed if name in self.on)


def random_run(rng, guarantees, count):
    """Return `count` calls of one session in a living cluster, and what each must return."""
    cluster, model = Cluster(["a", "b", "c", "d"]), Model(guarantees)
    calls, right = [], []
    for _ in range(count):
        for _ in range(rng.randint(0, 3)):
            cluster.pass_on(rng)
        cluster.accept(rng.choice("abcd"))
        name, op = rng.choice("abcd"), rng.choice(["read", "write"])
        vector = cluster.vector(name)
        calls.append((f"can_{op}", vector))
        right.append(model.may(op, cluster.has[name]))
        servers = {each: cluster.vector(each) for each in rng.sample("abcd", rng.randint(1, 4))}
        fit = [each for each in servers if model.may(op, cluster.has[each])]
        calls.append(("pick", op, servers))
        right.append(min(fit, default=None))
        if rng.random() < 0.3 and op == "read":
            model.read |= cluster.has[name]
            calls.append(("did_read", vector))
            right.append(None)
        elif rng.random() < 0.3:
            number = cluster.accept(name)
            model.written |= {(name, each) for each in range(1, number + 1)}
            calls.append(("did_write", name, number))
            right.append(None)
    return calls, right


def assert_same(guarantees, calls, right):
    """Compare all answers; the message names the first call that differs."""
    answers = replay(Session(guarantees), calls)
    for place, (got, want) in enumerate(zip(answers, right, strict=True)):
        assert got == want, f"{sorted(guarantees)}, call {place} of {calls[: place + 1]}"


def test_every_choice_of_guarantees_answers_like_the_model(rng):
    for choice in range(16):
        guarantees = {name for bit, name in enumerate(NAMES) if choice >> bit & 1}
        assert_same(guarantees, *random_run(rng, guarantees, 25))


def test_a_long_session_with_all_guarantees_answers_like_the_model(rng):
    for guarantees in (set(NAMES), {"MR", "MW"}):
        assert_same(guarantees, *random_run(rng, guarantees, 120))


def test_two_sessions_share_nothing():
    first, second = Session({"MR"}), Session({"MR", "RYW"})
    replay(first, [("did_read", {"a": 5}), ("did_write", "a", 7)])
    assert second.can_read({}) is True
    second.did_write("a", 2)
    assert replay(second, [("can_read", {"a": 1}), ("can_read", {"a": 2})]) == [False, True]
    assert replay(first, [("can_read", {"a": 4}), ("can_read", {"a": 5})]) == [False, True]


def test_a_refused_name_refuses_the_whole_set():
    with pytest.raises(ValueError):
        Session({*NAMES, "READ"})
    assert Session(set(NAMES)).pick("read", {"a": {}}) == "a"
