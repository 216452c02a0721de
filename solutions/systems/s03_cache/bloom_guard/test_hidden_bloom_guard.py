"""The filter against a set of positions, and its rate of false alarms."""

from hashlib import sha256

import pytest

from bloom_guard import BloomGuard, shape
from graders.kit import counted, replay


class Positions:
    """The contract at its plainest: the set of all positions that are set."""

    def __init__(self, capacity, rate):
        self.bits, self.hashes = shape(capacity, rate)
        self.all = set()

    def of(self, key):
        digest = sha256(key.encode()).hexdigest()
        a, b = int(digest[:16], 16), int(digest[16:32], 16)
        return {(a + number * b) % self.bits for number in range(self.hashes)}

    def add(self, key):
        new = not self.of(key) <= self.all
        self.all |= self.of(key)
        return new

    def might_contain(self, key):
        return self.of(key) <= self.all

    def dump(self):
        size = -(-self.bits // 8)
        return sum(1 << position for position in self.all).to_bytes(size, "little")


def test_any_calls_answer_like_the_set_of_positions(rng):
    for capacity, rate in ((3, 0.5), (5, 0.2), (20, 0.05), (64, 0.01)):
        guard, model = BloomGuard(capacity, rate), Positions(capacity, rate)
        operations = []
        for _ in range(80):
            key = rng.choice(["", "key", "键", "🔑"]) + str(rng.randrange(40))
            operations.append((rng.choice(["add", "might_contain"]), key))
        want = [getattr(model, method)(key) for method, key in operations]
        assert replay(guard, operations) == want, (capacity, rate, operations)
        assert guard.dump() == model.dump()


def test_merging_knows_what_either_knew(rng):
    for _ in range(6):
        capacity, rate = rng.randint(2, 40), rng.choice([0.3, 0.1, 0.02])
        guards, model = [BloomGuard(capacity, rate) for _ in range(2)], Positions(capacity, rate)
        for number in range(capacity):
            rng.choice(guards).add(f"k{number}")
            model.add(f"k{number}")
        other = guards[1].dump()
        guards[0].merge(other)
        assert guards[0].dump() == model.dump()
        assert guards[1].dump() == other
        assert BloomGuard(capacity, rate, model.dump()).dump() == model.dump()


def test_false_alarms_are_as_rare_as_promised():
    for capacity, rate in ((1_000, 0.01), (500, 0.1)):
        guard = BloomGuard(capacity, rate)
        replay(guard, [("add", f"user-{number}") for number in range(capacity)])
        asked = replay(guard, [("might_contain", f"guest-{number}") for number in range(3_000)])
        assert sum(asked) <= 1.5 * rate * 3_000


def test_errors_of_the_store_are_the_callers():
    def fail(key):
        raise KeyError(key)

    guard = BloomGuard(10, 0.1)
    load = counted(fail)
    assert guard.ask("a", load) is None
    guard.add("a")
    with pytest.raises(KeyError):
        guard.ask("a", load)
    assert load.calls == 1


def test_two_guards_share_nothing():
    first, second = BloomGuard(10, 0.1), BloomGuard(10, 0.1)
    first.add("a")
    assert second.might_contain("a") is False
    assert second.dump() == bytes(6)


@pytest.mark.perf
def test_thirty_million_bits_in_four_megabytes():
    guard = BloomGuard(2_000_000, 0.001)
    assert guard.add("a") is True
    assert len(guard.dump()) == 3_594_397
    assert guard.might_contain("a") is True
