"""The balancer against a list and a name, and under more threads."""

from collections import Counter

import pytest

from graders.kit import Raised, replay, run_threads
from round_robin_repair import NoServer, RoundRobinLoadBalancer


class NamedTurn:
    """The contract at its plainest: the names in order, and which one is next."""

    def __init__(self, names):
        self.names = list(names)
        self.next = self.names[0] if self.names else None

    def successor(self, name):
        return (self.names * 2)[self.names.index(name) + 1]

    def get_next_server(self) -> str:
        if self.next is None:
            return "NoServer"
        served, self.next = self.next, self.successor(self.next)
        return served

    def add(self, name):
        if name in self.names:
            return "ValueError"
        self.names.append(name)
        self.next = self.next or name
        return None

    def remove(self, name):
        if name not in self.names:
            return False
        if name == self.next:
            self.next = None if len(self.names) == 1 else self.successor(name)
        self.names.remove(name)
        return True

    def servers(self):
        return list(self.names)


def assert_same(balancer, model, operations):
    """Compare all answers; the message names the first operation that differs."""
    answers = replay(balancer, operations, errors="keep")
    for position, (method, *args) in enumerate(operations):
        got = answers[position]
        got = got.name if isinstance(got, Raised) else got
        want = getattr(model, method)(*args)
        assert got == want, f"operation {position} of {operations[: position + 1]}"


def random_operations(rng, count):
    """Return requests, additions and removals over few names, so that the list is often empty."""
    operations = []
    for _ in range(count):
        name = f"s{rng.randint(1, 6)}"
        method = rng.choice(["get_next_server", "get_next_server", "add", "remove"])
        step = (method,) if method == "get_next_server" else (method, name)
        operations += [step, ("servers",)]
    return operations


def test_random_operations_answer_like_the_model(rng):
    for _ in range(5):
        names = [f"s{number}" for number in range(1, rng.randint(2, 7))]
        rng.shuffle(names)
        balancer, model = RoundRobinLoadBalancer(names), NamedTurn(names)
        assert_same(balancer, model, random_operations(rng, 100))


def test_every_removal_at_every_turn_keeps_the_order():
    names = ["s1", "s2", "s3", "s4"]
    for turn in range(5):
        for name in names:
            operations = [("get_next_server",)] * turn + [("remove", name)]
            operations += [("get_next_server",)] * 7
            assert_same(RoundRobinLoadBalancer(names), NamedTurn(names), operations)


@pytest.mark.stub_passes("the stub adds new names as it should, and the test has no others")
def test_every_addition_at_every_turn_keeps_the_order():
    names = ["s1", "s2", "s3"]
    for turn in range(7):
        operations = [("get_next_server",)] * turn + [("add", "s4")]
        operations += [("get_next_server",)] * 9
        assert_same(RoundRobinLoadBalancer(names), NamedTurn(names), operations)


def test_two_balancers_share_nothing(rng):
    first, first_model = RoundRobinLoadBalancer(["s1", "s2"]), NamedTurn(["s1", "s2"])
    second, second_model = RoundRobinLoadBalancer(["s3"]), NamedTurn(["s3"])
    for _ in range(12):
        assert_same(first, first_model, random_operations(rng, 8))
        assert_same(second, second_model, random_operations(rng, 8))


def test_eight_threads_get_what_one_thread_would(rng):
    names = [f"s{number}" for number in range(7)]
    balancer = RoundRobinLoadBalancer(names)
    requests = [[()] * 30] * 8
    answers = run_threads(balancer.get_next_server, requests, seed=rng.randrange(10**6))
    counts = Counter(server for served in answers for server in served)
    # 240 requests are 34 laps of seven and two turns more
    assert dict(counts) == {name: 35 if place < 2 else 34 for place, name in enumerate(names)}
    assert balancer.get_next_server() == "s2"


def test_no_server_is_a_lookup_error():
    with pytest.raises(LookupError) as caught:
        RoundRobinLoadBalancer([]).get_next_server()
    assert isinstance(caught.value, NoServer)
