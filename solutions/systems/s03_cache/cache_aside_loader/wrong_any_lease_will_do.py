"""Asks whether the key has a lease, not whose: a late loader fills in the place of its heir."""

from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from threading import Lock
from typing import Any


class LeaseCache:
    """Entries, and at most one lease for each key, with the moments at which they end."""

    def __init__(self, ttl_ms: int, negative_ttl_ms: int, lease_ms: int) -> None:
        if ttl_ms < 1 or negative_ttl_ms < 0 or lease_ms < 1:
            raise ValueError(ttl_ms, negative_ttl_ms, lease_ms)
        self._ttl_ms = ttl_ms
        self._negative_ttl_ms = negative_ttl_ms
        self._lease_ms = lease_ms
        self._numbers = count(1)
        self._entries: dict[str, tuple[str | None, int]] = {}
        self._leases: dict[str, tuple[int, int]] = {}

    def lookup(self, key: str, now_ms: int) -> tuple[Any, ...]:
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
        number, end_ms = self._leases.get(key, (0, 0))
        if number == 0 or now_ms >= end_ms:
            return False
        del self._leases[key]
        lifetime_ms = self._negative_ttl_ms if value is None else self._ttl_ms
        self._entries[key] = (value, now_ms + lifetime_ms)
        return True

    def give_back(self, key: str, lease: int) -> bool:
        if self._leases.get(key, (0, 0))[0] != lease:
            return False
        del self._leases[key]
        return True

    def invalidate(self, key: str) -> None:
        self._entries.pop(key, None)
        self._leases.pop(key, None)


class CacheAside:
    """A LeaseCache under a lock, and a Future for each load that is under way."""

    def __init__(
        self, load: Callable[[str], str | None], ttl_ms: int, negative_ttl_ms: int
    ) -> None:
        self._cache = LeaseCache(ttl_ms, negative_ttl_ms, 1 << 62)
        self._load = load
        self._lock = Lock()
        self._flights: dict[str, Future[str | None]] = {}
        self._counts = {"hits": 0, "misses": 0, "loads": 0, "errors": 0}

    def get(self, key: str, now_ms: int) -> str | None:
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
        with self._lock:
            self._cache.invalidate(key)
            self._flights.pop(key, None)

    def stats(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counts)

    def _fly(self, flight: "Future[str | None]", key: str, lease: int, now_ms: int) -> None:
        try:
            value = self._load(key)
        except BaseException as error:
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
