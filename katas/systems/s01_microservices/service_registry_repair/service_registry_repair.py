"""A service registry as it went into production: faulty code, yours to repair.

The docstrings say what each method must do; the bodies do something else. Keep the names and
signatures, change anything behind them.
"""


class ServiceNotFound(LookupError):
    """No instance of the service is alive; args[0] is the name of the service."""


class ServiceRegistry:
    """Know which instances of which service are alive, and hand them out in turn.

    An instance is a url under the name of its service. It is alive until its lease of `ttl_ms`
    ends. Any number of threads may call any method at the same time.
    """

    def __init__(self, ttl_ms: int = 30_000) -> None:
        """Grant leases of `ttl_ms` milliseconds; below 1 raises ValueError."""
        self._ttl_ms = ttl_ms
        self._services: dict[str, str] = {}

    def register(self, name: str, url: str, now_ms: int) -> None:
        """Add an instance at the end of its service, or renew the lease of a living one.

        An empty name or url raises ValueError and changes nothing.
        """
        self._services[name] = url

    def heartbeat(self, name: str, url: str, now_ms: int) -> bool:
        """Renew the lease of a living instance and return True; False if it is not alive."""
        return name in self._services

    def deregister(self, name: str, url: str) -> bool:
        """Remove an instance and return True; False if it is not there."""
        self._services.pop(name, None)
        return True

    def get_service(self, name: str, now_ms: int) -> str:
        """Return the url whose turn it is and pass the turn on.

        Raises ServiceNotFound(name) if no instance is alive.
        """
        return self._services.get(name)

    def instances(self, name: str, now_ms: int) -> list[str]:
        """Return a new list of the living urls, in the order of registration."""
        return [self._services[name]] if name in self._services else []


def get_registry() -> ServiceRegistry:
    """Return the registry of this process: the same one at each call."""
    return ServiceRegistry()
