"""The cache against a list that is searched from end to end."""

import pytest

from graders.kit import replay
from lru_cache_repair import LRUCache


class ListModel:
    """The contract at its plainest: pairs in a list, most recently used first."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.pairs = []

    def get(self, key):
        for pair in self.pairs:
            if pair[0] == key:
                self.pairs.remove(pair)
                self.pairs.insert(0, pair)
                return pair[1]
        return -1

    def put(self, key, value):
        kept = [pair for pair in self.pairs if pair[0] != key]
        self.pairs = [(key, value), *kept][: self.capacity]

    def items(self):
        return list(self.pairs)


def random_operations(rng, count, keys, share_of_gets):
    """Return `count` gets and puts over `keys`, each followed by a listing."""
    operations = []
    for _ in range(count):
        key = rng.choice(keys)
        if rng.random() < share_of_gets:
            operations.append(("get", key))
        else:
            operations.append(("put", key, rng.randint(-2, 9)))
        operations.append(("items",))
    return operations


def expected(model, operations):
    """Return what the model answers to the operations."""
    return [getattr(model, method)(*args) for method, *args in operations]


def assert_same(cache, model, operations):
    """Compare all answers; the message names the first operation that differs."""
    answers = replay(cache, operations)
    for position, (got, want) in enumerate(zip(answers, expected(model, operations), strict=True)):
        assert got == want, f"operation {position} of {operations[: position + 1]}"


def test_small_caches_answer_like_the_model(rng):
    for capacity in range(1, 7):
        keys = range(-2, capacity + 2)
        operations = random_operations(rng, 120, keys, 0.5)
        assert_same(LRUCache(capacity), ListModel(capacity), operations)


def test_mostly_reads_and_mostly_updates_answer_like_the_model(rng):
    for share_of_gets in (0.1, 0.9):
        operations = [("put", key, key) for key in range(6)]
        operations += random_operations(rng, 200, range(8), share_of_gets)
        assert_same(LRUCache(5), ListModel(5), operations)


def test_a_scan_of_one_key_more_than_fits_always_misses():
    operations = []
    for lap in range(4):
        for key in range(6):
            operations += [("get", key), ("put", key, lap), ("items",)]
    answers = replay(LRUCache(5), operations)
    assert answers[0::3] == [-1] * 24
    assert answers[-1] == [(5, 3), (4, 3), (3, 3), (2, 3), (1, 3)]


def test_two_caches_share_nothing(rng):
    first, second = LRUCache(3), LRUCache(4)
    first_model, second_model = ListModel(3), ListModel(4)
    for _ in range(12):
        assert_same(first, first_model, random_operations(rng, 10, range(6), 0.5))
        assert_same(second, second_model, random_operations(rng, 10, range(6), 0.5))


def test_a_larger_cache_answers_like_the_model(rng):
    operations = []
    for _ in range(30):
        operations += [*random_operations(rng, 50, range(90), 0.5)[0::2], ("items",)]
    assert_same(LRUCache(60), ListModel(60), operations)


def test_every_capacity_below_one_is_refused(rng):
    for capacity in (0, -1, -rng.randint(2, 10**12)):
        with pytest.raises(ValueError):
            LRUCache(capacity)
