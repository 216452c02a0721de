"""Independent solution of cache_aside_loader, written from statement and stub alone.

A cache that is filled by its readers: leases against stale values, one load for many threads.
"""

from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from threading import Lock
from typing import Any


class _Entries:
    """Values that end: the storage both caches have in common. Not thread-safe."""

    def __init__(self, ttl_ms: int, negative_ttl_ms: int) -> None:
        if ttl_ms < 1:
            raise ValueError(f"ttl_ms must be 1 or more, not {ttl_ms}")
        if negative_ttl_ms < 0:
            raise ValueError(f"negative_ttl_ms must be 0 or more, not {negative_ttl_ms}")
        self._ttl_ms = ttl_ms
        self._negative_ttl_ms = negative_ttl_ms
        self._entries: dict[str, tuple[str | None, int]] = {}  # key: value, end

    def fresh(self, key: str, now_ms: int) -> tuple[str | None] | None:
        """Return the value in a tuple of one, since None is a value; None without an entry."""
        entry = self._entries.get(key)
        if entry is None or now_ms >= entry[1]:
            return None
        return (entry[0],)

    def put(self, key: str, value: str | None, now_ms: int) -> None:
        lifetime = self._negative_ttl_ms if value is None else self._ttl_ms
        self._entries[key] = (value, now_ms + lifetime)

    def drop(self, key: str) -> None:
        self._entries.pop(key, None)


class LeaseCache:
    """The cache itself: it loads nothing and never waits. Who misses gets a lease to fill it.

    All times are integers in milliseconds, and `now_ms` never decreases from call to call.
    """

    def __init__(self, ttl_ms: int, negative_ttl_ms: int, lease_ms: int) -> None:
        """Keep a value for `ttl_ms`, the knowledge that there is none for `negative_ttl_ms`.

        A lease ends `lease_ms` after it was granted. ValueError if `ttl_ms` or `lease_ms` is
        below 1, or `negative_ttl_ms` below 0.
        """
        if lease_ms < 1:
            raise ValueError(f"lease_ms must be 1 or more, not {lease_ms}")
        self._entries = _Entries(ttl_ms, negative_ttl_ms)
        self._lease_ms = lease_ms
        self._numbers = count(1)
        # The newest lease of a key and its end. One that got too old stays until it is replaced,
        # invalidated or given back.
        self._leases: dict[str, tuple[int, int]] = {}

    def lookup(self, key: str, now_ms: int) -> tuple[Any, ...]:
        """Return ("hit", value), ("load", lease) or ("wait",).

        A value of None says that there is none. "load" grants a lease, "wait" says that another
        caller has one that has not ended.
        """
        found = self._entries.fresh(key, now_ms)
        if found is not None:
            return ("hit", *found)
        if key in self._leases and now_ms < self._leases[key][1]:
            return ("wait",)
        lease = next(self._numbers)
        self._leases[key] = (lease, now_ms + self._lease_ms)
        return ("load", lease)

    def fill(self, key: str, lease: int, value: str | None, now_ms: int) -> bool:
        """Store what was loaded, if `lease` is the valid lease of `key`; return whether it was."""
        if not self._is_newest(key, lease) or now_ms >= self._leases[key][1]:
            return False
        del self._leases[key]
        self._entries.put(key, value, now_ms)
        return True

    def give_back(self, key: str, lease: int) -> bool:
        """End the lease of a load that failed; return whether it was the key's lease."""
        if not self._is_newest(key, lease):
            return False
        del self._leases[key]
        return True

    def invalidate(self, key: str) -> None:
        """Drop the entry of `key`, and end its lease."""
        self._entries.drop(key)
        self._leases.pop(key, None)

    def _is_newest(self, key: str, lease: int) -> bool:
        return key in self._leases and self._leases[key][0] == lease


class CacheAside:
    """The cache of one process: `get` loads on a miss, whatever the number of threads, once."""

    def __init__(
        self, load: Callable[[str], str | None], ttl_ms: int, negative_ttl_ms: int
    ) -> None:
        """Load with `load(key)`, which may take long or raise; lifetimes as in LeaseCache."""
        self._load = load
        # Guards all that follows. It is never held while somebody loads or waits for a load.
        self._lock = Lock()
        self._entries = _Entries(ttl_ms, negative_ttl_ms)
        # The loads under way that a new `get` may join: the future is the lease of its key.
        # `invalidate` takes it away, and so what comes of that load is not stored.
        self._loading: dict[str, Future[str | None]] = {}
        self._stats = {"hits": 0, "misses": 0, "loads": 0, "errors": 0}

    def get(self, key: str, now_ms: int) -> str | None:
        """Return the value of `key`; load it, or wait for a load that is under way.

        If that load raises, the exception reaches all who wait for it, and nothing is stored.
        """
        with self._lock:
            found = self._entries.fresh(key, now_ms)
            if found is not None:
                self._stats["hits"] += 1
                return found[0]
            self._stats["misses"] += 1
            outcome = self._loading.get(key)
            mine = outcome is None
            if outcome is None:
                outcome = self._loading[key] = Future()
        if mine:
            self._carry_out(key, now_ms, outcome)
        return outcome.result()

    def invalidate(self, key: str) -> None:
        """Let no later `get` see what was stored or is being loaded now. Never waits for a load."""
        with self._lock:
            self._entries.drop(key)
            self._loading.pop(key, None)

    def stats(self) -> dict[str, int]:
        """Return the counts so far: "hits", "misses", "loads" and "errors"."""
        with self._lock:
            return dict(self._stats)

    def _carry_out(self, key: str, now_ms: int, outcome: "Future[str | None]") -> None:
        """Load; settle the cache first, and only then let those go on who wait for `outcome`."""
        try:
            value = self._load(key)
        except BaseException as error:  # whatever it is, nobody may be left waiting
            with self._lock:
                self._stats["loads"] += 1
                self._stats["errors"] += 1
                self._end_loading(key, outcome)
            outcome.set_exception(error)
        else:
            with self._lock:
                self._stats["loads"] += 1
                if self._end_loading(key, outcome):
                    self._entries.put(key, value, now_ms)
            outcome.set_result(value)

    def _end_loading(self, key: str, outcome: "Future[str | None]") -> bool:
        """Let nobody join this load any more; return whether it was still the key's load."""
        if self._loading.get(key) is not outcome:
            return False
        del self._loading[key]
        return True
