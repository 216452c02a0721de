"""The caches against lists of small records that are walked from end to end."""

import pytest

from fifo_cache import FIFOCache, faults
from graders.kit import call_many, replay


class LineModel:
    """The contract at its plainest: [key, value, marked] in a list, the front first."""

    def __init__(self, capacity, second_chance):
        self.capacity = capacity
        self.second_chance = second_chance
        self.line = []

    def find(self, key):
        for entry in self.line:
            if entry[0] == key:
                entry[2] = self.second_chance
                return entry
        return None

    def get(self, key):
        entry = self.find(key)
        return entry and entry[1]

    def put(self, key, value):
        entry = self.find(key)
        if entry:
            entry[1] = value
            return
        if len(self.line) == self.capacity:
            while self.line[0][2]:
                first, *others = self.line
                self.line = [*others, [first[0], first[1], False]]
            self.line = self.line[1:]
        self.line.append([key, value, False])

    def keys(self):
        return [entry[0] for entry in self.line]


def random_operations(rng, count, keys, share_of_gets):
    """Return `count` gets and puts over `keys`, each followed by a listing."""
    operations = []
    for _ in range(count):
        key = rng.choice(keys)
        if rng.random() < share_of_gets:
            operations.append(("get", key))
        else:
            operations.append(("put", key, rng.choice(["", "x", "y"])))
        operations.append(("keys",))
    return operations


def assert_same(cache, model, operations):
    """Compare all answers; the message names the first operation that differs."""
    answers = replay(cache, operations)
    for position, (method, *args) in enumerate(operations):
        want = getattr(model, method)(*args)
        assert answers[position] == want, f"operation {position} of {operations[: position + 1]}"


def compare(rng, capacity, second_chance, count, spare, share_of_gets):
    """Run random calls over `spare` keys more than fit."""
    keys = [f"k{number}" for number in range(capacity + spare)]
    operations = random_operations(rng, count, keys, share_of_gets)
    assert_same(FIFOCache(capacity, second_chance), LineModel(capacity, second_chance), operations)


@pytest.mark.stage(1)
def test_plain_caches_answer_like_the_model(rng):
    for capacity in range(1, 7):
        compare(rng, capacity, False, 100, 3, 0.4)


@pytest.mark.stage(1)
def test_two_caches_share_nothing(rng):
    keys = ["a", "b", "c", "d", "e"]
    first, second = FIFOCache(2), FIFOCache(3)
    first_model, second_model = LineModel(2, False), LineModel(3, False)
    for _ in range(12):
        assert_same(first, first_model, random_operations(rng, 8, keys, 0.4))
        assert_same(second, second_model, random_operations(rng, 8, keys, 0.4))


@pytest.mark.stage(2)
def test_faults_are_the_misses_of_a_line_of_pages(rng):
    calls, expected = [], []
    for _ in range(40):
        refs = [rng.randint(-3, 6) for _ in range(rng.randint(1, 60))]
        capacity = rng.randint(1, 11)
        line, missed = [], 0
        for page in refs:
            if page not in line:
                missed += 1
                line = [*line, page][-capacity:]
        calls.append((refs, capacity))
        expected.append(missed)
    assert call_many(faults, calls) == expected


@pytest.mark.stage(2)
def test_a_fault_count_leaves_nothing_behind():
    assert call_many(faults, [([1, 2, 3], 3)] * 3) == [3, 3, 3]


@pytest.mark.stage(3)
def test_second_chances_answer_like_the_model(rng):
    for capacity in range(1, 7):
        compare(rng, capacity, True, 100, 2, 0.6)


@pytest.mark.stage(3)
def test_many_and_few_marks_answer_like_the_model(rng):
    for share_of_gets in (0.15, 0.85):
        compare(rng, 8, True, 250, 3, share_of_gets)


@pytest.mark.stage(3)
def test_caches_with_and_without_second_chance_live_side_by_side(rng):
    keys = ["a", "b", "c", "d"]
    first, second = FIFOCache(3, True), FIFOCache(3, False)
    first_model, second_model = LineModel(3, True), LineModel(3, False)
    for _ in range(12):
        operations = random_operations(rng, 8, keys, 0.5)
        assert_same(first, first_model, operations)
        assert_same(second, second_model, operations)
