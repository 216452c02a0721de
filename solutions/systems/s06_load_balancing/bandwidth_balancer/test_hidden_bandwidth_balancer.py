"""The balancer against a list of all that was recorded."""

import pytest

from bandwidth_balancer import BandwidthBalancer
from graders.kit import replay


class Ledger:
    """The contract at its plainest: every record is kept, and looked at again each time."""

    def __init__(self, capacity_bps, window_ms, buckets):
        self.capacity_bps, self.window_ms = capacity_bps, window_ms
        self.bucket_ms = window_ms // buckets
        self.records = []

    def usage_bps(self, server, now_ms):
        begins = [(name, nbytes, at_ms - at_ms % self.bucket_ms)
                  for name, nbytes, at_ms in self.records]
        bits = 8 * sum(nbytes for name, nbytes, begin_ms in begins
                       if name == server and now_ms - self.window_ms < begin_ms <= now_ms)
        return bits * 1000 / self.window_ms


def close(value):
    """Return what compares equal to `value` within one part in 10**9."""
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def play(rng, window_ms, buckets, steps, step_ms):
    """Record in any order, now and late; compare usages and choices."""
    capacity_bps = {f"s{number}": rng.randint(1, 400) * 100 for number in range(4)}
    balancer = BandwidthBalancer(capacity_bps, window_ms, buckets)
    ledger, now_ms = Ledger(capacity_bps, window_ms, buckets), rng.randint(0, 3 * window_ms)
    for _ in range(steps):
        now_ms += rng.choice([0, 1, rng.randint(0, step_ms)])
        server = rng.choice(list(capacity_bps))
        if rng.random() < 0.6:
            at_ms = max(0, now_ms - rng.choice([0, 0, rng.randint(0, 2 * window_ms)]))
            nbytes = rng.randint(0, 2_000)
            balancer.record(server, nbytes, at_ms)
            ledger.records.append((server, nbytes, at_ms))
        else:
            used = {name: ledger.usage_bps(name, now_ms) for name in capacity_bps}
            got = replay(balancer, [("usage_bps", name, now_ms) for name in used])
            assert dict(zip(used, got, strict=True)) == close(used), (now_ms, ledger.records)
            assert used[balancer.pick(now_ms, "least_used")] == close(min(used.values()))
            left = {name: capacity_bps[name] - used[name] for name in used}
            if max(left.values()) > 1e-6:
                assert left[balancer.pick(now_ms, "headroom")] == close(max(left.values()))
            elif max(left.values()) < -1e-6:
                with pytest.raises(LookupError):
                    balancer.pick(now_ms, "headroom")


def test_random_records_small_buckets(rng):
    for _ in range(4):
        play(rng, 1_000, 20, 50, 90)


def test_random_records_few_buckets_and_long_gaps(rng):
    for _ in range(4):
        play(rng, 700, rng.choice([1, 2, 7]), 50, 1_500)


def test_every_record_time_against_every_question():
    for buckets in (1, 2, 4):
        for at_ms in range(9):
            balancer = BandwidthBalancer({"a": 1}, 4, buckets)
            balancer.record("a", 1, at_ms)
            begin_ms = at_ms - at_ms % (4 // buckets)
            got = replay(balancer, [("usage_bps", "a", now_ms) for now_ms in range(at_ms, 16)])
            want = [2_000 if begin_ms > now_ms - 4 else 0 for now_ms in range(at_ms, 16)]
            assert got == close(want), (buckets, at_ms)


def test_servers_do_not_share_their_buckets():
    balancer = BandwidthBalancer({"a": 1, "b": 1}, 1_000, 10)
    balancer.record("b", 5, 100)
    balancer.record("a", 3, 5_000)
    assert balancer.usage_bps("a", 5_000) == close(24)
    assert balancer.usage_bps("b", 5_000) == 0
    balancer.record("b", 7, 4_500)
    assert balancer.usage_bps("b", 5_000) == close(56)
