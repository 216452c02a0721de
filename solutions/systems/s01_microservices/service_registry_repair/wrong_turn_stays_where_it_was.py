"""Misconception: a place in a list still means the same after something before it has left."""

from threading import Lock


class ServiceNotFound(LookupError):
    """No instance of the service is alive."""


class ServiceRegistry:
    """Per name a list of urls and the place of the next one."""

    def __init__(self, ttl_ms: int = 30_000) -> None:
        if ttl_ms < 1:
            raise ValueError(f"a lease of {ttl_ms} ms")
        self._ttl_ms = ttl_ms
        self._lock = Lock()
        self._now_ms = 0
        self._ends: dict[tuple[str, str], int] = {}
        self._urls: dict[str, list[str]] = {}
        self._turns: dict[str, int] = {}

    def register(self, name: str, url: str, now_ms: int) -> None:
        if not name or not url:
            raise ValueError("a name or url is empty")
        with self._lock:
            self._advance(now_ms)
            if (name, url) not in self._ends:
                self._urls.setdefault(name, []).append(url)
                self._turns.setdefault(name, 0)
            self._ends[name, url] = self._now_ms + self._ttl_ms

    def heartbeat(self, name: str, url: str, now_ms: int) -> bool:
        with self._lock:
            self._advance(now_ms)
            if (name, url) not in self._ends:
                return False
            self._ends[name, url] = self._now_ms + self._ttl_ms
            return True

    def deregister(self, name: str, url: str) -> bool:
        with self._lock:
            if (name, url) not in self._ends:
                return False
            self._remove(name, url)
            return True

    def get_service(self, name: str, now_ms: int) -> str:
        with self._lock:
            self._advance(now_ms)
            urls = self._urls.get(name)
            if not urls:
                raise ServiceNotFound(name)
            turn = self._turns[name] % len(urls)
            self._turns[name] = (turn + 1) % len(urls)
            return urls[turn]

    def instances(self, name: str, now_ms: int) -> list[str]:
        with self._lock:
            self._advance(now_ms)
            return list(self._urls.get(name, ()))

    def _advance(self, now_ms: int) -> None:
        self._now_ms = max(self._now_ms, now_ms)
        ended = [key for key, end_ms in self._ends.items() if end_ms <= self._now_ms]
        for name, url in ended:
            self._remove(name, url)

    def _remove(self, name: str, url: str) -> None:
        place = self._urls[name].index(url)
        del self._urls[name][place]
        del self._ends[name, url]


_REGISTRY = ServiceRegistry()


def get_registry() -> ServiceRegistry:
    """Return the registry of this process, the same one each time."""
    return _REGISTRY
