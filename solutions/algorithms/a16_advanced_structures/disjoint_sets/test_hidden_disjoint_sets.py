"""Hidden suite of disjoint_sets: random work against a list of labels and its old copies."""

import pytest

from disjoint_sets import DisjointSets
from graders.kit import Raised, replay


class LabelModel:
    """The contract at its plainest: a label for each element, and every earlier list of labels."""

    def __init__(self, n):
        self.versions = [list(range(n))]

    def union(self, a, b):
        labels = self.versions[-1]
        if labels[a] == labels[b]:
            return False
        self.versions.append([labels[a] if each == labels[b] else each for each in labels])
        return True

    def same(self, a, b):
        return self.versions[-1][a] == self.versions[-1][b]

    def size(self, x):
        labels = self.versions[-1]
        return labels.count(labels[x])

    def count(self):
        return len(set(self.versions[-1]))

    def snapshot(self):
        return len(self.versions) - 1

    def rollback(self, mark):
        del self.versions[mark + 1 :]


def random_calls(rng, n, count):
    """Return `count` random unions and questions about n elements."""
    calls = []
    for _ in range(count):
        a, b = rng.randrange(n), rng.randrange(n)
        calls.append(rng.choice([("union", a, b), ("same", a, b), ("size", a), ("count",)]))
    return calls


def compare(sets, model, calls):
    """Compare all answers; the message names the first call that differs."""
    for at, (call, got) in enumerate(zip(calls, replay(sets, calls), strict=True)):
        want = getattr(model, call[0])(*call[1:])
        assert got == want, f"{call} after {calls[:at]}"


def check_representatives(sets, model, n):
    """Check that find answers with one element of each set, for all of its elements."""
    found = replay(sets, [("find", x) for x in range(n)])
    labels = model.versions[-1]
    for x in range(n):
        assert 0 <= found[x] < n and labels[found[x]] == labels[x], f"find({x}) gave {found[x]}"
    assert len(set(found)) == model.count(), f"find gave {found}"


@pytest.mark.stage(1)
def test_small_sets_answer_like_the_model(rng):
    for n in (1, 2, 3, 5, 9, 14):
        sets, model = DisjointSets(n), LabelModel(n)
        for _ in range(3):
            compare(sets, model, random_calls(rng, n, n + 5))
            check_representatives(sets, model, n)


@pytest.mark.stage(1)
def test_trees_of_equal_size_answer_like_the_model():
    sets, model = DisjointSets(64), LabelModel(64)
    step = 1
    while step < 64:
        compare(sets, model, [("union", x, x + step) for x in range(0, 64, 2 * step)])
        compare(sets, model, [("size", x) for x in range(0, 64, 7)])
        step *= 2
    check_representatives(sets, model, 64)
    compare(sets, model, [("same", 0, 63), ("count",), ("union", 63, 0)])


@pytest.mark.stage(1)
def test_every_index_outside_is_refused(rng):
    n = rng.randint(3, 9)
    sets, model = DisjointSets(n), LabelModel(n)
    compare(sets, model, [("union", 0, n - 1)])
    for bad in (-1, -n, n, n + rng.randint(1, 99), -n - 1):
        calls = [("find", bad), ("size", bad), ("same", bad, 0), ("same", 1, bad)]
        calls += [("union", bad, 1), ("union", 1, bad), ("same", bad, bad), ("union", bad, bad)]
        for call, got in zip(calls, replay(sets, calls, errors="keep"), strict=True):
            assert isinstance(got, Raised) and got.name == "IndexError", f"n={n}: {call} gave {got}"
    compare(sets, model, [("size", x) for x in range(n)] + [("count",)])


@pytest.mark.stage(2)
def test_random_rollbacks_answer_like_the_model(rng):
    for n in (2, 4, 8, 15):
        sets, model = DisjointSets(n), LabelModel(n)
        for _ in range(12):
            compare(sets, model, random_calls(rng, n, 10))
            mark = rng.randint(0, model.snapshot())
            compare(sets, model, [("snapshot",), ("rollback", mark), ("snapshot",), ("count",)])
            compare(sets, model, [("size", x) for x in range(n)])
            check_representatives(sets, model, n)


@pytest.mark.stage(2)
def test_two_partitions_share_nothing(rng):
    first, second = DisjointSets(9), DisjointSets(9)
    models = LabelModel(9), LabelModel(9)
    for _ in range(5):
        compare(first, models[0], random_calls(rng, 9, 8))
        compare(second, models[1], random_calls(rng, 9, 8))
        compare(first, models[0], [("rollback", models[0].snapshot() // 2), ("count",)])
    check_representatives(first, models[0], 9)
    check_representatives(second, models[1], 9)


@pytest.mark.stage(2)
def test_marks_out_of_range_are_refused_and_change_nothing(rng):
    sets, model = DisjointSets(12), LabelModel(12)
    compare(sets, model, random_calls(rng, 12, 25))
    most = model.snapshot()
    calls = [("rollback", mark) for mark in (most + 1, most + 10**6, -1, -most - 2)]
    for call, got in zip(calls, replay(sets, calls, errors="keep"), strict=True):
        assert isinstance(got, Raised) and got.name == "ValueError", f"{call} gave {got}"
    compare(sets, model, [("snapshot",), ("count",), *(("size", x) for x in range(12))])
