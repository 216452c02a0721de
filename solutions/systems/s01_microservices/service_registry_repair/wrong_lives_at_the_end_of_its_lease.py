"""Misconception: a lease of 100 ms still holds at 100 ms; the end is its last moment."""

from collections import OrderedDict
from threading import Lock


class ServiceNotFound(LookupError):
    """No instance of the service is alive."""


class ServiceRegistry:
    """Know which instances of which service are alive; every method is atomic for threads."""

    def __init__(self, ttl_ms: int = 30_000) -> None:
        """Grant leases of `ttl_ms`; below 1 raises ValueError."""
        if ttl_ms < 1:
            raise ValueError(f"a lease of {ttl_ms} ms")
        self._ttl_ms = ttl_ms
        self._lock = Lock()  # guards all below
        self._now_ms = 0
        self._ends = OrderedDict[tuple[str, str], int]()  # (name, url): end of lease, soonest first
        self._alive: dict[str, dict[str, None]] = {}  # urls by name, as they were registered
        self._lap: dict[str, OrderedDict[str, None]] = {}  # those whose turn is yet to come

    def register(self, name: str, url: str, now_ms: int) -> None:
        """Add an instance at the end, or renew its lease; an empty string raises ValueError."""
        if not name or not url:
            raise ValueError("a name or url is empty")
        with self._lock:
            self._advance(now_ms)
            if (name, url) not in self._ends:
                self._alive.setdefault(name, {})[url] = None
                if lap := self._lap.setdefault(name, OrderedDict()):
                    lap[url] = None  # an empty lap begins anew with all, this one too
            self._renew(name, url)

    def heartbeat(self, name: str, url: str, now_ms: int) -> bool:
        """Renew the lease of a living instance; False if there is none."""
        with self._lock:
            self._advance(now_ms)
            known = (name, url) in self._ends
            if known:
                self._renew(name, url)
            return known

    def deregister(self, name: str, url: str) -> bool:
        """Remove an instance; False if it is not there."""
        with self._lock:
            return self._remove(name, url)

    def get_service(self, name: str, now_ms: int) -> str:
        """Return the url whose turn it is; ServiceNotFound(name) if none is alive."""
        with self._lock:
            self._advance(now_ms)
            if name not in self._alive:
                raise ServiceNotFound(name)
            lap = self._lap[name]
            if not lap:
                lap.update(self._alive[name])
            return lap.popitem(last=False)[0]

    def instances(self, name: str, now_ms: int) -> list[str]:
        """Return the urls of the living instances, in the order of registration."""
        with self._lock:
            self._advance(now_ms)
            return list(self._alive.get(name, ()))

    def _advance(self, now_ms: int) -> None:
        """Move the clock, never back, and remove the instances whose lease has ended."""
        self._now_ms = max(self._now_ms, now_ms)
        while self._ends:
            (name, url), end_ms = next(iter(self._ends.items()))
            if end_ms >= self._now_ms:
                return
            self._remove(name, url)

    def _renew(self, name: str, url: str) -> None:
        """Let the lease run from now on, as the last of all to end."""
        self._ends[name, url] = self._now_ms + self._ttl_ms
        self._ends.move_to_end((name, url))

    def _remove(self, name: str, url: str) -> bool:
        """Forget an instance; if it was next, its successor is."""
        if self._ends.pop((name, url), None) is None:
            return False
        self._lap[name].pop(url, None)
        del self._alive[name][url]
        if not self._alive[name]:
            del self._alive[name], self._lap[name]
        return True


_REGISTRY = ServiceRegistry()


def get_registry() -> ServiceRegistry:
    """Return the registry of this process, the same one each time."""
    return _REGISTRY
