"""A distributed lock by redis-py's own: `redis.lock.Lock`, which unlocks by a script as well."""

import redis
from redis.exceptions import LockError
from redis.lock import Lock

PACKAGES = ("redis",)


class DistributedLock:
    """Thin around Lock, which waits in its own way and raises where this kata answers False."""

    def __init__(self, url: str, lock_key: str, ttl_ms: int) -> None:
        if ttl_ms < 1:
            raise ValueError(ttl_ms)
        self._lock = Lock(redis.Redis.from_url(url), lock_key, timeout=ttl_ms / 1000)

    def lock(self) -> bool:
        return self._lock.acquire(blocking=False)

    def unlock(self) -> bool:
        try:
            self._lock.release()
        except LockError:
            return False
        return True

    def held(self) -> bool:
        return self._lock.owned()
