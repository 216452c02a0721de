"""The cache against a list that is sorted anew for every question."""

from graders.kit import replay
from timestamp_cache import TimestampCache


class ListModel:
    """The contract at its plainest: (timestamp, number, key, value) in a list."""

    def __init__(self, capacity, max_age_ms):
        self.capacity = capacity
        self.max_age_ms = max_age_ms
        self.entries = []
        self.now = 0
        self.number = 0

    def live(self, ts):
        return self.now - ts < self.max_age_ms

    def put(self, key, value, ts, now):
        self.now = max(self.now, now)
        others = [entry for entry in self.entries if entry[2] != key]
        stored = [entry for entry in self.entries if entry[2] == key]
        if not self.live(ts) or any(entry[0] > ts for entry in stored):
            return False
        if len(others) == self.capacity:
            kept = [entry for entry in others if self.live(entry[0])]
            if len(kept) == self.capacity:
                if all(ts < entry[0] for entry in kept):
                    return False
                kept = sorted(kept)[1:]
            others = kept
        self.number += 1
        self.entries = [*others, (ts, self.number, key, value)]
        return True

    def get(self, key, now):
        self.now = max(self.now, now)
        for ts, _, stored, value in self.entries:
            if stored == key and self.live(ts):
                return value
        return None

    def sweep(self, now):
        self.now = max(self.now, now)
        gone = sorted(entry for entry in self.entries if not self.live(entry[0]))
        self.entries = [entry for entry in self.entries if self.live(entry[0])]
        return [key for _, _, key, _ in gone]


def random_operations(rng, count, keys, max_age_ms, spread):
    """Return `count` calls while time goes on, now and then with a clock that is behind."""
    operations, now = [], 0
    for _ in range(count):
        now += rng.choice([0, 0, 1, rng.randint(0, spread)])
        told = max(0, now - rng.choice([0, 0, 0, rng.randint(0, 2 * max_age_ms)]))
        key = rng.choice(keys)
        kind = rng.random()
        if kind < 0.6:
            ts = max(0, now - rng.randint(-spread, max_age_ms + spread))
            operations.append(("put", key, rng.choice("xyz"), ts, told))
        elif kind < 0.9:
            operations.append(("get", key, told))
        else:
            operations.append(("sweep", told))
    return operations


def assert_same(cache, model, operations):
    """Compare all answers; the message names the first operation that differs."""
    answers = replay(cache, operations)
    for position, (method, *args) in enumerate(operations):
        want = getattr(model, method)(*args)
        assert answers[position] == want, f"operation {position} of {operations[: position + 1]}"
    assert len(cache) == len(model.entries)


def test_small_caches_answer_like_the_model(rng):
    for capacity in range(1, 6):
        for max_age_ms in (1, 5, 20):
            keys = [f"k{number}" for number in range(capacity + 2)]
            operations = random_operations(rng, 60, keys, max_age_ms, 4)
            assert_same(TimestampCache(capacity, max_age_ms), ListModel(capacity, max_age_ms),
                        operations)  # fmt: skip


def test_full_caches_of_long_lived_data_answer_like_the_model(rng):
    for capacity in (2, 5, 8):
        keys = [f"k{number}" for number in range(2 * capacity)]
        operations = random_operations(rng, 150, keys, 100, 2)
        assert_same(TimestampCache(capacity, 100), ListModel(capacity, 100), operations)


def test_many_updates_of_few_keys_answer_like_the_model(rng):
    cache, model = TimestampCache(4, 50), ListModel(4, 50)
    for key in ["a", "b", "c", "d"]:
        assert_same(cache, model, [("put", key, "1", 0, 0)])
    operations = random_operations(rng, 300, ["a", "b", "c", "d"], 50, 1)
    assert_same(cache, model, operations)


def test_two_caches_share_nothing(rng):
    first, second = TimestampCache(3, 10), TimestampCache(2, 30)
    first_model, second_model = ListModel(3, 10), ListModel(2, 30)
    for _ in range(10):
        assert_same(first, first_model, random_operations(rng, 8, "abcd", 10, 3))
        assert_same(second, second_model, random_operations(rng, 8, "abcd", 30, 3))


def test_a_larger_cache_answers_like_the_model(rng):
    keys = [f"k{number}" for number in range(60)]
    operations = random_operations(rng, 800, keys, 200, 3)
    assert_same(TimestampCache(40, 200), ListModel(40, 200), operations)
