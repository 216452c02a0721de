"""The balancer against a table that is looked through at every call."""

import pytest

from graders.kit import Raised, replay
from parallelism_balancer import ParallelismBalancer


class Table:
    """The contract at its plainest: rows of servers, a list that waits."""

    def __init__(self, slots, max_queue):
        self.slots, self.max_queue = dict(slots), max_queue
        self.on, self.line = {}, []

    def running(self, server):
        return list(self.on.values()).count(server) if server in self.slots else "KeyError"

    def start(self, req):
        free = {name: slots - self.running(name) for name, slots in self.slots.items()}
        best = max(free, key=lambda name: (free[name], self.slots[name]))
        if free[best] <= 0:
            return None
        self.on[req] = best
        return best

    def submit(self, req):
        if req in self.on or req in self.line:
            return "ValueError"
        server = self.start(req)
        if server is None:
            if len(self.line) == self.max_queue:
                return "Overloaded"
            self.line.append(req)
        return server

    def fill(self):
        started = []
        while self.line and self.start(self.line[0]):
            req = self.line.pop(0)
            started.append((req, self.on[req]))
        return started

    def complete(self, req):
        return self.fill() if self.on.pop(req, None) else "KeyError"

    def resize(self, server, slots):
        self.slots[server] = slots
        return self.fill()

    def cancel(self, req):
        if req not in self.line:
            return False
        self.line.remove(req)
        return True


def assert_same(slots, max_queue, operations):
    """Compare all answers; the message names the first operation that differs."""
    balancer, table = ParallelismBalancer(slots, max_queue), Table(slots, max_queue)
    answers = replay(balancer, operations, errors="keep")
    for position, (method, *args) in enumerate(operations):
        got = answers[position]
        got = got.name if isinstance(got, Raised) else got
        want = getattr(table, method)(*args)
        assert got == want, f"operation {position} of {operations[: position + 1]} on {slots}"


def random_operations(rng, servers, count, most):
    """Return calls about few requests, so that they run, wait, end and come again."""
    operations = []
    for _ in range(count):
        req, server = f"r{rng.randint(1, 14)}", rng.choice(servers)
        method = rng.choice(["submit"] * 5 + ["complete"] * 4 + ["cancel", "resize", "running"])
        if method == "resize":
            operations.append((method, server, rng.randint(0, most)))
        else:
            operations.append((method, server if method == "running" else req))
    return operations


def test_random_operations_answer_like_the_table(rng):
    servers = ["zoe", "ada", "mia", "eva"]
    for _ in range(10):
        rng.shuffle(servers)
        slots = {name: rng.randint(0, 3) for name in servers}
        assert_same(slots, rng.choice([0, 1, 3, 9]), random_operations(rng, servers, 100, 3))


def test_servers_grow_and_shrink_under_load(rng):
    servers = ["a", "b", "c"]
    for _ in range(6):
        slots = {name: rng.randint(1, 6) for name in servers}
        operations = []
        for _ in range(12):
            operations += random_operations(rng, servers, 6, 6)
            operations += [("resize", name, rng.randint(0, 6)) for name in servers]
        assert_same(slots, 9, operations)


def test_the_same_few_requests_come_and_go_for_long():
    lap = [("submit", "r1"), ("submit", "r2"), ("submit", "r3"), ("complete", "r2"),
           ("submit", "r4"), ("complete", "r1"), ("complete", "r3"), ("complete", "r4")]
    assert_same({"a": 1, "b": 2, "c": 1}, 3, lap * 60)


def test_a_server_is_resized_again_and_again_before_its_turn_comes():
    resizes = [("resize", "b", 1), ("resize", "b", 2)] * 60
    requests = [("submit", f"r{number}") for number in range(9)]
    assert_same({"a": 5, "b": 2}, 3, resizes + requests + [("complete", "r8"), *resizes])


@pytest.mark.perf
def test_requests_end_in_another_order_than_they_came(rng):
    names = [f"s{number}" for number in range(4_000)]
    balancer = ParallelismBalancer({name: rng.randint(1, 4) for name in names}, 9_000)
    waiting = [f"r{number}" for number in range(14_000)]
    placed = replay(balancer, [("submit", req) for req in waiting], errors="keep")
    first = [req for req, server in zip(waiting, placed, strict=True) if isinstance(server, str)]
    line = [req for req, server in zip(waiting, placed, strict=True) if server is None]
    rng.shuffle(first)
    started = replay(balancer, [("complete", req) for req in first])
    assert [req for pairs in started for req, _ in pairs] == line
