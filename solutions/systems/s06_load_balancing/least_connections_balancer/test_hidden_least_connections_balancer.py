"""The balancer against a table and fractions."""

from fractions import Fraction

import pytest

from graders.kit import Raised, replay
from least_connections_balancer import LeastConnections


class Table:
    """The contract at its plainest: one row for each server, looked through at every call."""

    def __init__(self, servers):
        self.rows = [{"name": name, "weight": weight, "open": 0, "draining": False}
                     for name, weight in servers.items()]

    def row(self, name):
        return next((row for row in self.rows if row["name"] == name), None)

    def acquire(self):
        rows = [row for row in self.rows if not row["draining"]]
        if not rows:
            return "LookupError"
        least = min(rows, key=lambda row: (Fraction(row["open"], row["weight"]), -row["weight"]))
        least["open"] += 1
        return least["name"]

    def release(self, name):
        row = self.row(name)
        if row is None or row["open"] == 0:
            return "ValueError"
        row["open"] -= 1
        self.sweep()
        return None

    def drain(self, name):
        row = self.row(name)
        if row is None or row["draining"]:
            return False
        row["draining"] = True
        self.sweep()
        return True

    def add(self, name, weight):
        if self.row(name) or weight < 1:
            return "ValueError"
        self.rows.append({"name": name, "weight": weight, "open": 0, "draining": False})
        return None

    def open(self, name):
        row = self.row(name)
        return row["open"] if row else 0

    def sweep(self):
        self.rows = [row for row in self.rows if row["open"] or not row["draining"]]


def assert_same(servers, operations):
    """Compare all answers; the message names the first operation that differs."""
    balancer, table = LeastConnections(servers), Table(servers)
    answers = replay(balancer, operations, errors="keep")
    for position, (method, *args) in enumerate(operations):
        got = answers[position]
        if isinstance(got, Raised):
            got = "LookupError" if got.name in ("KeyError", "IndexError") else got.name
        want = getattr(table, method)(*args)
        assert got == want, f"operation {position} of {operations[: position + 1]} on {servers}"


def random_operations(rng, names, weights, count):
    """Return operations over few names, so that servers come, drain and come back."""
    operations = []
    for _ in range(count):
        method = rng.choice(["acquire"] * 4 + ["release"] * 4 + ["drain", "add", "open"])
        if method == "acquire":
            operations.append(("acquire",))
        elif method == "add":
            operations.append(("add", rng.choice(names), rng.choice(weights)))
        else:
            operations.append((method, rng.choice(names)))
    return operations


def test_random_operations_answer_like_the_table(rng):
    names = ["zoe", "ada", "mia", "eva", "ida"]
    for _ in range(12):
        rng.shuffle(names)
        servers = {name: rng.randint(1, 4) for name in names[: rng.randint(0, 5)]}
        assert_same(servers, random_operations(rng, names, [0, 1, 2, 3, 4], 120))


def test_large_weights_are_compared_exactly(rng):
    for _ in range(12):
        base = rng.randint(10**16, 10**17)
        weights = [base, base + 1, 2 * base - 1, 2 * base + 1, 3 * base + 1, 10**18]
        servers = {f"s{number}": rng.choice(weights) for number in range(4)}
        assert_same(servers, random_operations(rng, list(servers), weights, 60))


def test_the_same_few_connections_come_and_go_for_long():
    servers = {"a": 1, "b": 2, "c": 1}
    lap = [("acquire",), ("acquire",), ("release", "b"), ("acquire",), ("release", "a"),
           ("release", "b")]
    assert_same(servers, lap * 150)


def test_many_servers_drain_and_return(rng):
    names = [f"s{number}" for number in range(40)]
    servers = dict.fromkeys(names, 2)
    operations = [("acquire",)] * 60
    for name in rng.sample(names, 30):
        operations += [("drain", name), ("acquire",), ("release", name), ("add", name, 1)]
        operations += [("release", name), ("add", name, 3), ("acquire",), ("open", name)]
    assert_same(servers, operations)


@pytest.mark.perf
def test_loads_of_all_heights_over_four_thousand_servers(rng):
    names = [f"s{number}" for number in range(4_000)]
    balancer = LeastConnections({name: rng.randint(1, 10**6) for name in names})
    first = replay(balancer, [("acquire",)] * 5_000)
    calls = [call for name in first for call in (("release", name), ("acquire",))]
    second = replay(balancer, calls)
    assert set(second[1::2]) <= set(names)
    released = replay(balancer, [("release", name) for name in second[1::2]])
    assert released == [None] * 5_000
    assert replay(balancer, [("open", name) for name in names]) == [0] * 4_000
