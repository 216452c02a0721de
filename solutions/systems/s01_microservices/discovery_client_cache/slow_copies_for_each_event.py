"""Misconception: copying before a change costs little, and readers get a stable copy.

All services are copied for a change to one.
"""

MIN_PROTECTED = 4  # with fewer instances than these, losing most of them is an ordinary day

Services = dict[str, set[str]]


class DiscoveryClient:
    """What one client knows of the registry; it answers from this, whatever happens there."""

    def __init__(self, protect_percent: int = 85) -> None:
        """Know nothing yet; `protect_percent` outside 0..100 raises ValueError."""
        if not 0 <= protect_percent <= 100:
            raise ValueError(f"{protect_percent} per cent")
        self._protect_percent = protect_percent
        self._services: Services = {}
        self._index = 0
        self._in_step = False
        self._any_index = True  # the registry may count anew: its next snapshot says from where
        self._doubted: Services | None = None

    def next_request(self) -> tuple[str] | tuple[str, int]:
        """Return what to ask the registry for."""
        return ("watch", self._index) if self._in_step else ("snapshot",)

    def on_snapshot(self, index: int, services: dict[str, list[str]]) -> str:
        """Replace what is known, unless the snapshot is from the past or too bad to be true."""
        if index < self._index and not self._any_index:
            return "old"
        told = {name: set(urls) for name, urls in services.items() if urls}
        if told != self._doubted and self._loses_too_many(told):
            self._doubted, self._in_step = told, False
            return "protected"
        self._services, self._index, self._doubted = told, index, None
        self._in_step, self._any_index = True, False
        return "applied"

    def on_event(self, index: int, kind: str, name: str, url: str) -> str:
        """Make the next change; skip one that was made, and stop where one is missing."""
        if kind not in ("up", "down"):
            raise ValueError(f"{kind!r} is neither up nor down")
        if self._in_step and index <= self._index:
            return "duplicate"
        if not self._in_step or index > self._index + 1:
            self._in_step = False
            return "gap"
        self._index = index
        self._services = {each: set(urls) for each, urls in self._services.items()}
        urls = self._services.setdefault(name, set())
        if kind == "up":
            urls.add(url)
        else:
            urls.discard(url)
        if not urls:
            del self._services[name]
        return "applied"

    def on_disconnect(self) -> None:
        """Trust no number any more; keep what is known."""
        self._in_step, self._any_index = False, True

    def resolve(self, name: str) -> list[str]:
        """Return the urls of a service as last known, sorted."""
        return sorted(self._services.get(name, ()))

    def fresh(self) -> bool:
        """Tell whether nothing is known to be missing."""
        return self._in_step

    def _loses_too_many(self, told: Services) -> bool:
        """Tell whether too few of the known instances are left in a snapshot."""
        known = sum(len(urls) for urls in self._services.values())
        kept = sum(len(urls & told.get(name, set())) for name, urls in self._services.items())
        return known >= MIN_PROTECTED and 100 * kept < self._protect_percent * known
