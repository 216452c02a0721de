"""Cache-aside in two layers: a table of entries and leases, and threads that share its loads."""

from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from threading import Lock
from typing import Any


class LeaseCache:
    """The cache itself: it loads nothing and never waits. Who misses gets a lease to fill it.

    A key has at most one lease. To take it out of `_leases` is to end it: what its holder brings
    later is refused.
    """

    def __init__(self, ttl_ms: int, negative_ttl_ms: int, lease_ms: int) -> None:
        """Keep a value for `ttl_ms`, the knowledge that there is none for `negative_ttl_ms`."""
        if ttl_ms < 1 or negative_ttl_ms < 0 or lease_ms < 1:
            raise ValueError(f"ttl {ttl_ms}, negative ttl {negative_ttl_ms}, lease {lease_ms}")
        self._ttl_ms = ttl_ms
        self._negative_ttl_ms = negative_ttl_ms
        self._lease_ms = lease_ms
        self._numbers = count(1)
        self._entries: dict[str, tuple[str | None, int]] = {}  # value, end
        self._leases: dict[str, tuple[int, int]] = {}  # number, end

    def lookup(self, key: str, now_ms: int) -> tuple[Any, ...]:
        """Return ("hit", value), ("load", lease) or ("wait",)."""
        if key in self._entries:
            value, end_ms = self._entries[key]
            if now_ms < end_ms:
                return ("hit", value)
            del self._entries[key]
        if key in self._leases and now_ms < self._leases[key][1]:
            return ("wait",)
        lease = next(self._numbers)
        self._leases[key] = (lease, now_ms + self._lease_ms)
        return ("load", lease)

    def fill(self, key: str, lease: int, value: str | None, now_ms: int) -> bool:
        """Store what was loaded, if `lease` is the valid lease of `key`; return whether it was."""
        number, end_ms = self._leases.get(key, (0, 0))
        if number != lease or now_ms >= end_ms:
            return False
        del self._leases[key]
        lifetime_ms = self._negative_ttl_ms if value is None else self._ttl_ms
        self._entries[key] = (value, now_ms + lifetime_ms)
        return True

    def give_back(self, key: str, lease: int) -> bool:
        """End the lease of a load that failed; return whether it was the key's lease."""
        if self._leases.get(key, (0, 0))[0] != lease:
            return False
        del self._leases[key]
        return True

    def invalidate(self, key: str) -> None:
        """Drop the entry of `key`, and end its lease: what is being loaded may be old."""
        self._entries.pop(key, None)
        self._leases.pop(key, None)


class CacheAside:
    """The cache of one process: `get` loads on a miss, whatever the number of threads, once.

    The lock guards the tables and the counts. It is never held while a load runs or a thread
    waits. A flight is the Future of a load whose lease is out; whoever meets it waits for it.
    """

    def __init__(
        self, load: Callable[[str], str | None], ttl_ms: int, negative_ttl_ms: int
    ) -> None:
        """Load with `load(key)`, which may take long or raise; lifetimes as in LeaseCache."""
        # A thread that loads always comes back, with a value or an error, so no lease must end.
        self._cache = LeaseCache(ttl_ms, negative_ttl_ms, lease_ms=1 << 62)
        self._load = load
        self._lock = Lock()
        self._flights: dict[str, Future[str | None]] = {}
        self._counts = {"hits": 0, "misses": 0, "loads": 0, "errors": 0}

    def get(self, key: str, now_ms: int) -> str | None:
        """Return the value of `key`; load it, or wait for a load that is under way."""
        with self._lock:
            answer, *rest = self._cache.lookup(key, now_ms)
            if answer == "hit":
                self._counts["hits"] += 1
                return rest[0]
            self._counts["misses"] += 1
            if answer == "wait":
                flight = self._flights[key]
            else:
                flight = self._flights[key] = Future()
        if answer == "load":
            self._fly(flight, key, rest[0], now_ms)
        return flight.result()

    def invalidate(self, key: str) -> None:
        """Let no later `get` see what was stored or is being loaded now."""
        with self._lock:
            self._cache.invalidate(key)
            self._flights.pop(key, None)

    def stats(self) -> dict[str, int]:
        """Return the counts so far."""
        with self._lock:
            return dict(self._counts)

    def _fly(self, flight: "Future[str | None]", key: str, lease: int, now_ms: int) -> None:
        """Load `key`, store the value if that is still wanted, and let all who wait go on."""
        try:
            value = self._load(key)
        except BaseException as error:  # whatever it is, nobody may be left waiting
            with self._lock:
                self._counts["loads"] += 1
                self._counts["errors"] += 1
                if self._cache.give_back(key, lease):
                    del self._flights[key]
            flight.set_exception(error)
        else:
            with self._lock:
                self._counts["loads"] += 1
                if self._cache.fill(key, lease, value, now_ms):
                    del self._flights[key]
            flight.set_result(value)
