"""The lease cache against a list of everything that happened, and threads against one thread."""

import pytest

from cache_aside_loader import CacheAside, LeaseCache
from graders.kit import Raised, compute, replay, run_threads, scripted


class HistoryModel:
    """The contract at its plainest: what was stored and granted last, searched from the end."""

    def __init__(self, ttl_ms, negative_ttl_ms, lease_ms):
        self.lifetimes = {"value": ttl_ms, "none": negative_ttl_ms, "lease": lease_ms}
        self.history = []  # (key, kind, what, moment); a kind "end" voids all that came before

    def valid(self, key, now, *kinds):
        """Return the last record of a key if it is of these kinds and has not run out."""
        record = next((each for each in reversed(self.history) if each[0] == key), None)
        if record and record[1] in kinds and now < record[3] + self.lifetimes[record[1]]:
            return record
        return None

    def lookup(self, key, now, lease):
        """Answer; a lease has the number that the cache gave."""
        stored = self.valid(key, now, "value", "none")
        if stored:
            return ("hit", stored[2])
        if self.valid(key, now, "lease"):
            return ("wait",)
        self.history.append((key, "lease", lease, now))
        return ("load", lease)

    def fill(self, key, lease, value, now):
        granted = self.valid(key, now, "lease")
        if granted is None or granted[2] != lease:
            return False
        self.history.append((key, "none" if value is None else "value", value, now))
        return True

    def give_back(self, key, lease):
        record = next((each for each in reversed(self.history) if each[0] == key), None)
        if record is None or record[1:3] != ("lease", lease):
            return False
        self.history.append((key, "end", None, 0))
        return True

    def invalidate(self, key):
        self.history.append((key, "end", None, 0))


@pytest.mark.stage(2)
def test_random_readers_writers_and_failures_answer_like_the_model(rng):
    for _ in range(4):
        times = (rng.randint(1, 30), rng.randint(0, 10), rng.randint(1, 15))
        cache, model = LeaseCache(*times), HistoryModel(*times)
        now, leases, told = 0, [], []
        for _ in range(120):
            now += rng.choice([0, 0, 1, rng.randint(0, 8)])
            key = rng.choice("abc")
            lease = rng.choice(leases)[1] if leases and rng.random() < 0.9 else 0
            kind = rng.random()
            if kind < 0.5:
                got = cache.lookup(key, now)
                number = got[1] if got[0] == "load" else -1
                want = model.lookup(key, now, number)
                told.append(("lookup", key, now))
                if got[0] == "load":
                    assert (key, number) not in leases
                    leases.append((key, number))
            elif kind < 0.8:
                if leases and rng.random() < 0.8:
                    key, lease = leases[-rng.randint(1, min(3, len(leases)))]
                call = ("fill", key, lease, rng.choice(["x", "y", None]), now)
                [got], want = replay(cache, [call]), model.fill(*call[1:])
                told.append(call)
            elif kind < 0.9:
                if leases:
                    key, lease = leases[-rng.randint(1, min(3, len(leases)))]
                got, want = cache.give_back(key, lease), model.give_back(key, lease)
                told.append(("give_back", key, lease))
            else:
                got, want = cache.invalidate(key), model.invalidate(key)
                told.append(("invalidate", key))
            assert got == want, f"{told} with lifetimes {times}"


@pytest.mark.stage(3)
def test_random_calls_of_one_thread_answer_like_the_model(rng):
    rows = {"a": "A", "b": "", "c": None}
    load = compute("table", rows)
    cache, model = CacheAside(load, 20, 5), HistoryModel(20, 5, 10**9)
    now, calls, want = 0, [], []
    stats = {"hits": 0, "misses": 0, "loads": 0, "errors": 0}
    for number in range(1, 300):
        now += rng.choice([0, 1, 3])
        key = rng.choice("abcd")
        if rng.random() < 0.1:
            calls.append(("invalidate", key))
            want.append(model.invalidate(key))
            continue
        calls.append(("get", key, now))
        if model.lookup(key, now, number)[0] == "hit":
            stats["hits"] += 1
        else:
            stats["misses"] += 1
            stats["loads"] += 1
            if key == "d":
                stats["errors"] += 1
                model.give_back(key, number)
            else:
                model.fill(key, number, rows[key], now)
        want.append(Raised("KeyError", ("d",)) if key == "d" else rows[key])
    assert replay(cache, calls, errors="keep") == want
    assert cache.stats() == stats
    assert load.calls == stats["loads"]


@pytest.mark.stage(3)
def test_loads_of_different_keys_go_on_side_by_side(rng):
    load = scripted([("gate", 4), ("return", "value")])
    cache = CacheAside(load, 100, 10)
    calls = [[(key, 0)] for key in "abcdabcd"]
    assert run_threads(cache.get, calls, seed=rng.randrange(10**6)) == [["value"]] * 8
    assert sorted(load.calls) == [("a",), ("b",), ("c",), ("d",)]


@pytest.mark.stage(3)
def test_eight_threads_load_each_of_many_keys_once(rng):
    keys = [f"k{number}" for number in range(12)]
    load = compute("table", {key: key.upper() for key in keys})
    cache = CacheAside(load, 100, 10)
    orders = [rng.sample(keys, 12) for _ in range(8)]
    calls = [[(key, 0) for key in order] for order in orders]
    got = run_threads(cache.get, calls, seed=rng.randrange(10**6), jitter=0.1)
    assert got == [[key.upper() for key in order] for order in orders]
    stats = cache.stats()
    assert stats["loads"] == load.calls == 12
    assert stats["hits"] + stats["misses"] == 96


@pytest.mark.stage(3)
def test_threads_that_invalidate_and_count_leave_the_tables_whole(rng):
    load = compute("table", {"a": "A"})
    cache = CacheAside(load, 100, 10)
    for seed in range(2):
        assert run_threads(cache.get, [[("a", 0)] * 4] * 6, seed=seed) == [["A"] * 4] * 6
        run_threads(cache.invalidate, [[("a",)] * 4] * 6, seed=rng.randrange(10**6))
    assert load.calls == 2
    assert cache.get("a", 0) == "A"
    stats = cache.stats()
    assert stats["loads"] == load.calls == 3
    assert stats["hits"] + stats["misses"] == 49
