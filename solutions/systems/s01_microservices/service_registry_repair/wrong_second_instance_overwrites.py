"""Misconception: a service is one address, so a dict from name to url is a registry.

The second instance overwrites the first; when it goes, the service is gone.
"""

from threading import Lock


class ServiceNotFound(LookupError):
    """No instance of the service is alive."""


class ServiceRegistry:
    """One url and the end of its lease per name."""

    def __init__(self, ttl_ms: int = 30_000) -> None:
        if ttl_ms < 1:
            raise ValueError(f"a lease of {ttl_ms} ms")
        self._ttl_ms = ttl_ms
        self._lock = Lock()
        self._now_ms = 0
        self._services: dict[str, tuple[str, int]] = {}

    def register(self, name: str, url: str, now_ms: int) -> None:
        if not name or not url:
            raise ValueError("a name or url is empty")
        with self._lock:
            self._now_ms = max(self._now_ms, now_ms)
            self._services[name] = (url, self._now_ms + self._ttl_ms)

    def heartbeat(self, name: str, url: str, now_ms: int) -> bool:
        with self._lock:
            known = self._url(name, now_ms) == url
            if known:
                self._services[name] = (url, self._now_ms + self._ttl_ms)
            return known

    def deregister(self, name: str, url: str) -> bool:
        with self._lock:
            if self._url(name, 0) != url:
                return False
            del self._services[name]
            return True

    def get_service(self, name: str, now_ms: int) -> str:
        with self._lock:
            url = self._url(name, now_ms)
            if url is None:
                raise ServiceNotFound(name)
            return url

    def instances(self, name: str, now_ms: int) -> list[str]:
        with self._lock:
            url = self._url(name, now_ms)
            return [] if url is None else [url]

    def _url(self, name: str, now_ms: int) -> str | None:
        self._now_ms = max(self._now_ms, now_ms)
        url, end_ms = self._services.get(name, (None, 0))
        return url if end_ms > self._now_ms else None


_REGISTRY = ServiceRegistry()


def get_registry() -> ServiceRegistry:
    """Return the registry of this process, the same one each time."""
    return _REGISTRY
