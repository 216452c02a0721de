"""The cache against a list of entries that is searched from end to end."""

import pytest

from graders.kit import replay
from lfu_cache import LFUCache


class ListModel:
    """The contract at its plainest: [key, value, uses, moment of the last use] in a list."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = []
        self.moment = 0

    def find(self, key):
        return next((entry for entry in self.entries if entry[0] == key), None)

    def get(self, key):
        self.moment += 1
        entry = self.find(key)
        if entry is None:
            return -1
        entry[2:] = [entry[2] + 1, self.moment]
        return entry[1]

    def put(self, key, value):
        self.moment += 1
        entry = self.find(key)
        if entry is not None:
            entry[1:] = [value, entry[2] + 1, self.moment]
            return
        if len(self.entries) == self.capacity:
            if not self.entries:
                return
            self.entries.remove(min(self.entries, key=lambda each: each[2:]))
        self.entries.append([key, value, 1, self.moment])

    def frequency(self, key):
        entry = self.find(key)
        return entry[2] if entry else 0


def random_operations(rng, count, keys, share_of_gets):
    """Return `count` gets and puts over `keys`; after each, one key is asked for its uses."""
    operations = []
    for _ in range(count):
        key = rng.choice(keys)
        if rng.random() < share_of_gets:
            operations.append(("get", key))
        else:
            operations.append(("put", key, rng.randint(-2, 9)))
        operations.append(("frequency", rng.choice(keys)))
    return operations


def assert_same(cache, model, operations):
    """Compare all answers; the message names the first operation that differs."""
    answers = replay(cache, operations)
    for position, (method, *args) in enumerate(operations):
        want = getattr(model, method)(*args)
        assert answers[position] == want, f"operation {position} of {operations[: position + 1]}"


def test_small_caches_answer_like_the_model(rng):
    for capacity in range(7):
        keys = range(-2, capacity + 2)
        operations = random_operations(rng, 150, keys, 0.5)
        assert_same(LFUCache(capacity), ListModel(capacity), operations)


def test_mostly_reads_and_mostly_writes_answer_like_the_model(rng):
    for share_of_gets in (0.1, 0.9):
        operations = [("put", key, key) for key in range(6)]
        operations += random_operations(rng, 200, range(9), share_of_gets)
        assert_same(LFUCache(6), ListModel(6), operations)


def test_a_few_busy_keys_among_many_strangers(rng):
    operations = []
    for stranger in range(100, 220):
        operations += [("get", rng.randint(1, 3)), ("put", rng.randint(1, 5), stranger)]
        operations += [("put", stranger, 0), ("frequency", rng.randint(100, stranger))]
    operations += [("frequency", key) for key in range(1, 6)]
    assert_same(LFUCache(5), ListModel(5), operations)


def test_two_caches_share_nothing(rng):
    first, second = LFUCache(3), LFUCache(4)
    first_model, second_model = ListModel(3), ListModel(4)
    for _ in range(12):
        assert_same(first, first_model, random_operations(rng, 10, range(6), 0.5))
        assert_same(second, second_model, random_operations(rng, 10, range(6), 0.5))


def test_a_larger_cache_answers_like_the_model(rng):
    operations = random_operations(rng, 1_500, range(90), 0.6)
    assert_same(LFUCache(60), ListModel(60), operations)


def test_every_negative_capacity_is_refused(rng):
    for capacity in (-1, -rng.randint(2, 10**12)):
        with pytest.raises(ValueError):
            LFUCache(capacity)
