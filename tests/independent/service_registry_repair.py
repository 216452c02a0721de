"""Independent solution of service_registry_repair, written from statement and stub alone.

All instances of all services stand in one dict in the order of their last renewal. The clock never
goes back and all leases are equally long, so this is also the order in which the leases end, and
those that have ended are at its front. The instances of one service form a ring of linked nodes.
One lock guards everything.
"""

from collections import OrderedDict
from threading import Lock


class ServiceNotFound(LookupError):
    """No instance of the service is alive; args[0] is the name of the service."""


class _Instance:
    """A living instance: a node in the ring of its service."""

    __slots__ = ("after", "before", "lease_end", "url")

    def __init__(self, url: str, lease_end: int) -> None:
        self.url = url
        self.lease_end = lease_end
        self.before = self
        self.after = self


class _Service:
    """The ring of one service's instances, which is never empty: its first one, and who is next."""

    __slots__ = ("first", "turn")

    def __init__(self, first: _Instance) -> None:
        self.first = first
        self.turn = first

    def append(self, instance: _Instance) -> None:
        """Add an instance after the last one."""
        last = self.first.before
        instance.before, instance.after = last, self.first
        last.after = self.first.before = instance

    def remove(self, instance: _Instance) -> bool:
        """Remove an instance; False, and no change, if it is the only one."""
        successor = instance.after
        if successor is instance:
            return False
        instance.before.after = successor
        successor.before = instance.before
        if self.first is instance:
            self.first = successor
        if self.turn is instance:
            self.turn = successor
        return True

    def urls(self) -> list[str]:
        """Return the urls in the order of registration."""
        urls = [self.first.url]
        instance = self.first.after
        while instance is not self.first:
            urls.append(instance.url)
            instance = instance.after
        return urls


class ServiceRegistry:
    """Know which instances of which service are alive, and hand them out in turn.

    An instance is a url under the name of its service. It is alive until its lease of `ttl_ms`
    ends. Any number of threads may call any method at the same time.
    """

    def __init__(self, ttl_ms: int = 30_000) -> None:
        """Grant leases of `ttl_ms` milliseconds; below 1 raises ValueError."""
        if ttl_ms < 1:
            raise ValueError(f"ttl_ms must be at least 1, not {ttl_ms}")
        self._ttl_ms = ttl_ms
        self._clock = 0
        self._lock = Lock()
        self._services: dict[str, _Service] = {}
        self._alive: OrderedDict[tuple[str, str], _Instance] = OrderedDict()  # by end of lease

    def register(self, name: str, url: str, now_ms: int) -> None:
        """Add an instance at the end of its service, or renew the lease of a living one.

        An empty name or url raises ValueError and changes nothing.
        """
        if not name or not url:
            raise ValueError("name and url must not be empty")
        with self._lock:
            self._advance(now_ms)
            if self._renew(name, url):
                return
            instance = _Instance(url, self._clock + self._ttl_ms)
            self._alive[name, url] = instance
            service = self._services.get(name)
            if service is None:
                self._services[name] = _Service(instance)
            else:
                service.append(instance)

    def heartbeat(self, name: str, url: str, now_ms: int) -> bool:
        """Renew the lease of a living instance and return True; False if it is not alive."""
        with self._lock:
            self._advance(now_ms)
            return self._renew(name, url)

    def deregister(self, name: str, url: str) -> bool:
        """Remove an instance and return True; False if it is not there."""
        with self._lock:
            if (name, url) not in self._alive:
                return False
            self._remove(name, url)
            return True

    def get_service(self, name: str, now_ms: int) -> str:
        """Return the url whose turn it is and pass the turn on.

        Raises ServiceNotFound(name) if no instance is alive.
        """
        with self._lock:
            self._advance(now_ms)
            service = self._services.get(name)
            if service is None:
                raise ServiceNotFound(name)
            chosen = service.turn
            service.turn = chosen.after
            return chosen.url

    def instances(self, name: str, now_ms: int) -> list[str]:
        """Return a new list of the living urls, in the order of registration."""
        with self._lock:
            self._advance(now_ms)
            service = self._services.get(name)
            return [] if service is None else service.urls()

    # The methods below are called with the lock held.

    def _advance(self, now_ms: int) -> None:
        """Set the clock forward to now_ms, if it is later, and remove whose lease has ended."""
        if now_ms <= self._clock:
            return
        self._clock = now_ms
        while self._alive:
            (name, url), instance = next(iter(self._alive.items()))
            if instance.lease_end > now_ms:
                break
            self._remove(name, url)

    def _renew(self, name: str, url: str) -> bool:
        """Renew the lease of an instance; False if it is not alive."""
        instance = self._alive.get((name, url))
        if instance is None:
            return False
        instance.lease_end = self._clock + self._ttl_ms
        self._alive.move_to_end((name, url))
        return True

    def _remove(self, name: str, url: str) -> None:
        """Remove a living instance, and its service if it was the last one."""
        instance = self._alive.pop((name, url))
        if not self._services[name].remove(instance):
            del self._services[name]


_REGISTRY = ServiceRegistry()


def get_registry() -> ServiceRegistry:
    """Return the registry of this process: the same one at each call."""
    return _REGISTRY
