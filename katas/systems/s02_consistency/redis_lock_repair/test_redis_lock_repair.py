"""What the repaired lock must do, whoever comes in between."""

import pytest

from graders.kit import crash_after
from redis_lock_repair import DistributedLock

KEY = "lock:orders"
LONG = 60_000_000  # no test waits for a lease to end: the suite ends it


def end_lease(redis, *new_holder):
    """End the lease as time would; `new_holder` is the value another has set since."""
    redis.command("DEL", KEY)
    for value in new_holder:
        redis.command("SET", KEY, value, "PX", LONG)


def test_one_of_two_gets_the_lock(redis):
    first, second = (DistributedLock(redis.url, KEY, LONG) for _ in range(2))
    assert first.lock() is True
    assert second.lock() is False
    assert first.unlock() is True
    assert redis.command("EXISTS", KEY) == 0
    assert second.lock() is True
    assert redis.log, "the server was not asked"


def test_leases_are_counted_in_milliseconds(redis):
    assert DistributedLock(redis.url, "lock:short", 999).lock() is True
    assert DistributedLock(redis.url, KEY, 9_000_001).lock() is True
    assert 8_000_000 < redis.command("PTTL", KEY) <= 9_000_001


def test_whoever_comes_too_late_changes_nothing(redis):
    redis.command("SET", KEY, "another's", "PX", LONG)
    late = DistributedLock(redis.url, KEY, 1000)
    assert late.lock() is False
    assert redis.command("GET", KEY) == b"another's"
    assert redis.command("PTTL", KEY) > 1_000_000


def test_a_lock_is_not_re_entrant_and_stays_held(redis):
    lock = DistributedLock(redis.url, KEY, LONG)
    assert lock.lock() is True
    token = redis.command("GET", KEY)
    redis.command("PEXPIRE", KEY, 50_000_000)
    assert lock.lock() is False
    assert redis.command("GET", KEY) == token
    assert redis.command("PTTL", KEY) <= 50_000_000
    assert lock.held() is True
    assert lock.unlock() is True
    assert redis.command("EXISTS", KEY) == 0


def test_every_acquisition_has_a_token_of_its_own(redis):
    locks = [DistributedLock(redis.url, KEY, LONG) for _ in range(3)]
    tokens = []
    for lock in locks * 3:
        assert lock.lock() is True
        tokens.append(redis.command("GET", KEY))
        assert lock.unlock() is True
    assert len(set(tokens)) == 9, tokens
    assert min(map(len, tokens)) >= 16, tokens


def test_the_lock_of_the_next_holder_is_left_alone(redis):
    first, second = (DistributedLock(redis.url, KEY, LONG) for _ in range(2))
    assert first.lock() is True
    end_lease(redis)
    assert second.lock() is True
    token = redis.command("GET", KEY)
    assert first.held() is False
    assert first.unlock() is False
    assert redis.command("GET", KEY) == token
    assert second.held() is True
    assert second.unlock() is True


def test_unlocking_what_is_not_locked(redis):
    lock = DistributedLock(redis.url, KEY, LONG)
    assert lock.unlock() is False
    redis.command("SET", KEY, "another's")
    assert lock.unlock() is False
    assert redis.command("GET", KEY) == b"another's"
    redis.command("DEL", KEY)
    assert lock.lock() is True
    assert lock.unlock() is True
    assert lock.unlock() is False


def test_held_is_what_the_server_says(redis):
    lock = DistributedLock(redis.url, KEY, LONG)
    assert lock.held() is False
    assert lock.lock() is True
    assert lock.held() is True
    end_lease(redis)
    assert lock.held() is False
    end_lease(redis, "another's")
    assert lock.held() is False
    end_lease(redis)
    assert lock.lock() is True
    assert lock.held() is True
    lock.unlock()
    assert lock.held() is False


@pytest.mark.stub_passes("it never looks whose lock it is, so nobody can come in between")
def test_a_lease_that_ends_while_it_is_given_back(redis):
    lock = DistributedLock(redis.url, KEY, LONG)
    assert lock.lock() is True
    # Whoever reads the token first finds that another has locked before the next command.
    redis.after("GET", ("SET", KEY, "another's", "PX", LONG))
    removed = lock.unlock()
    if redis.pending_hooks:
        assert removed is True
        assert redis.command("EXISTS", KEY) == 0
    else:
        assert redis.command("GET", KEY) == b"another's"
        assert removed is False


@pytest.mark.stub_passes("it does not look before it sets")
def test_another_who_is_quicker_than_the_second_command(redis):
    for look in ("GET", "EXISTS", "TTL", "PTTL"):
        redis.after(look, ("SET", KEY, "another's", "PX", LONG))
    lock = DistributedLock(redis.url, KEY, LONG)
    if lock.lock():
        assert redis.command("GET", KEY) != b"another's"
        assert redis.pending_hooks == 4, "it looked, and another locked before it set"


@pytest.mark.stub_passes("it sets value and end in one command")
def test_a_process_that_dies_leaves_no_lock_for_ever(redis):
    with crash_after(10**6) as count:
        DistributedLock(redis.url, KEY, LONG).lock()
    for k in range(1, count.effects + 1):
        redis.command("DEL", KEY)
        with crash_after(k) as crash:
            DistributedLock(redis.url, KEY, LONG).lock()
        assert crash.fired
        assert redis.command("PTTL", KEY) != -1, "the key exists and has no end"


def test_a_lease_below_a_millisecond_is_refused(redis):
    for ttl_ms in (0, -5):
        with pytest.raises(ValueError):
            DistributedLock(redis.url, KEY, ttl_ms)
    assert DistributedLock(redis.url, KEY, 1).lock() is True
