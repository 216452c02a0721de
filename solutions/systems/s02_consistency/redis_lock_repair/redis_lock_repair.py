"""A lock in Redis: one holder at a time, a lease that ends by itself, a token to know one's own."""

import secrets

import redis

# Compare and delete in one step: between two commands the lease may end and another may lock.
_UNLOCK = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('DEL', KEYS[1])
end
return 0
"""


class DistributedLock:
    """A lock on `lock_key`, held for `ttl_ms` milliseconds at most; not re-entrant."""

    def __init__(self, url: str, lock_key: str, ttl_ms: int) -> None:
        """Make a lock that is not held; nothing is asked of the server yet."""
        if ttl_ms < 1:
            raise ValueError(f"ttl_ms is 1 or more, not {ttl_ms}")
        self._redis = redis.Redis.from_url(url)
        self._key = lock_key
        self._ttl_ms = ttl_ms
        self._token = ""  # of the last acquisition; empty while there is none

    def lock(self) -> bool:
        """Try once to take the lock; return whether it is ours now."""
        token = secrets.token_hex(16)
        # One command for value, condition and lease: none of them without the others.
        if not self._redis.set(self._key, token, nx=True, px=self._ttl_ms):
            return False
        self._token = token
        return True

    def unlock(self) -> bool:
        """Give the lock back; return whether it was still ours."""
        token, self._token = self._token, ""
        return bool(token) and self._redis.eval(_UNLOCK, 1, self._key, token) == 1

    def held(self) -> bool:
        """Return whether the lock is ours at this moment, as the server sees it."""
        return bool(self._token) and self._redis.get(self._key) == self._token.encode()
