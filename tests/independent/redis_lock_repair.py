"""Independent solution of redis_lock_repair, written from statement and stub alone.

A lock in Redis: one command takes it, with a token and an end, and a script that the server runs
as one step gives it back.
"""

import secrets

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

_DELETE_IF_EQUAL = """
if redis.call("GET", KEYS[1]) == ARGV[1] then
    return redis.call("DEL", KEYS[1])
end
return 0
"""


class DistributedLock:
    """A lock on the key `lock_key` of the server at `url`, for `ttl_ms` milliseconds at most.

    Not re-entrant. The lock is the string at `lock_key`: whoever set it holds the lock. What the
    client library raises if the server does not answer leaves the methods.
    """

    def __init__(self, url: str, lock_key: str, ttl_ms: int) -> None:
        """Make a lock that is not held. ValueError for ttl_ms below 1."""
        if ttl_ms < 1:
            raise ValueError(f"ttl_ms must be 1 or more, not {ttl_ms}")
        # Without retries: the second of two equal commands, of which the first was carried out
        # and only its answer lost, would find the lock taken, or gone, by the first.
        self._redis = redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0))
        self._key = lock_key
        self._ttl_ms = ttl_ms
        self._token: bytes | None = None  # of the last successful lock()

    def lock(self) -> bool:
        """Try once to take the lock; return whether this call took it.

        It can be taken while `lock_key` does not exist. Taken, the key holds a token of at least
        16 bytes that no other acquisition has, and ends after `ttl_ms`: it never exists without
        an end. Not taken, nothing at the server changes, and a lock that was held stays held.
        """
        token = secrets.token_hex(16).encode()
        if not self._redis.set(self._key, token, nx=True, px=self._ttl_ms):
            return False
        self._token = token
        return True

    def unlock(self) -> bool:
        """Give the lock back; return whether this call removed it.

        Only what the last successful `lock` of this object set is ever removed: not the lock of
        another who came after the lease had ended.
        """
        if self._token is None:
            return False
        removed = self._redis.eval(_DELETE_IF_EQUAL, 1, self._key, self._token) == 1
        self._token = None
        return removed

    def held(self) -> bool:
        """Return whether this object holds the lock at this moment, as the server sees it."""
        return self._token is not None and self._redis.get(self._key) == self._token
