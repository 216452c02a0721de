"""A cache that is filled by its readers: leases against stale values, one load for many threads."""

from collections.abc import Callable
from typing import Any


class LeaseCache:
    """The cache itself: it loads nothing and never waits. Who misses gets a lease to fill it.

    All times are integers in milliseconds, and `now_ms` never decreases from call to call.
    """

    def __init__(self, ttl_ms: int, negative_ttl_ms: int, lease_ms: int) -> None:
        """Keep a value for `ttl_ms`, the knowledge that there is none for `negative_ttl_ms`.

        A lease ends `lease_ms` after it was granted. ValueError if `ttl_ms` or `lease_ms` is
        below 1, or `negative_ttl_ms` below 0.
        """
        raise NotImplementedError

    def lookup(self, key: str, now_ms: int) -> tuple[Any, ...]:
        """Return ("hit", value), ("load", lease) or ("wait",).

        A value of None says that there is none. "load" grants a lease, "wait" says that another
        caller has one that has not ended.
        """
        raise NotImplementedError

    def fill(self, key: str, lease: int, value: str | None, now_ms: int) -> bool:
        """Store what was loaded, if `lease` is the valid lease of `key`; return whether it was."""
        raise NotImplementedError

    def give_back(self, key: str, lease: int) -> bool:
        """End the lease of a load that failed; return whether it was the key's lease."""
        raise NotImplementedError

    def invalidate(self, key: str) -> None:
        """Drop the entry of `key`, and end its lease."""
        raise NotImplementedError


class CacheAside:
    """The cache of one process: `get` loads on a miss, whatever the number of threads, once."""

    def __init__(
        self, load: Callable[[str], str | None], ttl_ms: int, negative_ttl_ms: int
    ) -> None:
        """Load with `load(key)`, which may take long or raise; lifetimes as in LeaseCache."""
        raise NotImplementedError

    def get(self, key: str, now_ms: int) -> str | None:
        """Return the value of `key`; load it, or wait for a load that is under way.

        If that load raises, the exception reaches all who wait for it, and nothing is stored.
        """
        raise NotImplementedError

    def invalidate(self, key: str) -> None:
        """Let no later `get` see what was stored or is being loaded now. Never waits for a load."""
        raise NotImplementedError

    def stats(self) -> dict[str, int]:
        """Return the counts so far: "hits", "misses", "loads" and "errors"."""
        raise NotImplementedError
