"""Several locks on one key against a model that knows who holds it."""

import contextlib

from redis_lock_repair import DistributedLock

LONG = 60_000_000


def test_random_steps_answer_like_the_model(redis, rng):
    key = f"lock {rng.randrange(10**6)}"
    locks = [DistributedLock(redis.url, key, LONG) for _ in range(4)]
    holder = None
    for _ in range(120):
        number = rng.randrange(4)
        match rng.choice(("lock", "lock", "unlock", "held", "end", "other")):
            case "lock":
                free = redis.command("EXISTS", key) == 0
                assert locks[number].lock() == free
                if free:
                    holder = number
                assert redis.command("PTTL", key) > 0
            case "unlock":
                before = redis.command("GET", key)
                assert locks[number].unlock() == (holder == number)
                if holder == number:
                    holder = None
                    assert redis.command("EXISTS", key) == 0
                else:
                    assert redis.command("GET", key) == before
            case "held":
                assert locks[number].held() == (holder == number)
            case "end":
                redis.command("DEL", key)
                holder = None
            case "other":
                redis.command("SET", key, f"other {rng.random()}", "PX", LONG)
                holder = None


def test_a_reply_that_is_lost_leaves_no_lock_for_ever_and_is_no_refusal(redis):
    for k in (1, 2):
        redis.command("DEL", "key")
        redis.cut_after(k)
        taken = True
        with contextlib.suppress(Exception):
            taken = DistributedLock(redis.url, "key", LONG).lock()
        assert taken, "False, though nobody else has taken the lock"
        assert redis.command("PTTL", "key") != -1
