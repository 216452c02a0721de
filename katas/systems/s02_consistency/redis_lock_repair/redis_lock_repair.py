"""A lock in Redis as it went into production: faulty code, yours to repair.

The docstrings say what each method must do; the bodies do something else. Keep the names and
signatures, change anything behind them.
"""

import redis


class DistributedLock:
    """A lock on the key `lock_key` of the server at `url`, for `ttl_ms` milliseconds at most.

    Not re-entrant. The lock is the string at `lock_key`: whoever set it holds the lock.
    """

    def __init__(self, url: str, lock_key: str, ttl_ms: int) -> None:
        """Make a lock that is not held. ValueError for ttl_ms below 1."""
        self._redis = redis.Redis.from_url(url)
        self._key = lock_key
        self._ttl_s = -(-ttl_ms // 1000)

    def lock(self) -> bool:
        """Try once to take the lock; return whether this call took it.

        It can be taken while `lock_key` does not exist. Taken, the key holds a token of at least
        16 bytes that no other acquisition has, and ends after `ttl_ms`: it never exists without
        an end. Not taken, nothing at the server changes, and a lock that was held stays held.
        """
        try:
            self._redis.set(self._key, 1, ex=self._ttl_s)
            self._redis.setnx(self._key, 1)
        except redis.RedisError:
            return False
        return True

    def unlock(self) -> bool:
        """Give the lock back; return whether this call removed it.

        Only what the last successful `lock` of this object set is ever removed: not the lock of
        another who came after the lease had ended.
        """
        self._redis.delete(self._key)
        return True

    def held(self) -> bool:
        """Return whether this object holds the lock at this moment, as the server sees it."""
        return bool(self._redis.exists(self._key))
