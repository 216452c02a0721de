"""Independent solution of discovery_client_cache, written from statement and stub alone."""

MIN_PROTECTED = 4  # with fewer known instances no snapshot is doubtful

Instances = dict[str, set[str]]  # urls by name of service; no service is empty


class DiscoveryClient:
    """The client's own copy of what the registry knows; it answers whatever happens to that.

    It does no input or output: the caller asks `next_request` what to ask the registry for, and
    hands in what comes back.
    """

    def __init__(self, protect_percent: int = 85) -> None:
        """Know nothing yet; doubt snapshots that keep less than `protect_percent` of the instances.

        Raises ValueError when it is not in 0..100.
        """
        if not 0 <= protect_percent <= 100:
            raise ValueError(f"protect_percent must be in 0..100, not {protect_percent}")
        self._protect_percent = protect_percent
        self._known: Instances = {}
        self._index = 0
        self._any_index = True  # there is no index that a snapshot's could be too small for
        self._in_step = False
        self._doubted: Instances | None = None  # the snapshot before, if it was "protected"

    def next_request(self) -> tuple[str] | tuple[str, int]:
        """Return ("snapshot",), or ("watch", index) while the client is in step."""
        if self._in_step:
            return ("watch", self._index)
        return ("snapshot",)

    def on_snapshot(self, index: int, services: dict[str, list[str]]) -> str:
        """Take in all instances as they were at `index`: "applied", "protected" or "old"."""
        if index < self._index and not self._any_index:
            return "old"
        offered = {name: set(urls) for name, urls in services.items() if urls}
        if offered != self._doubted and self._is_doubtful(offered):
            self._doubted = offered
            self._in_step = False
            return "protected"
        self._known = offered
        self._index = index
        self._any_index = False
        self._in_step = True
        self._doubted = None
        return "applied"

    def on_event(self, index: int, kind: str, name: str, url: str) -> str:
        """Take in change number `index`: "applied", "duplicate" or "gap".

        `kind` is "up" or "down"; anything else raises ValueError and changes nothing.
        """
        if kind not in ("up", "down"):
            raise ValueError(f"unknown kind of event: {kind!r}")
        if not self._in_step:
            return "gap"
        if index <= self._index:
            return "duplicate"
        if index > self._index + 1:
            self._in_step = False
            return "gap"
        self._index = index
        if kind == "up":
            self._known.setdefault(name, set()).add(url)
        else:
            self._remove(name, url)
        return "applied"

    def on_disconnect(self) -> None:
        """Take note that the connection is lost; the registry may begin to count anew."""
        self._in_step = False
        self._any_index = True

    def resolve(self, name: str) -> list[str]:
        """Return the urls of a service as last known, sorted; empty for an unknown service."""
        return sorted(self._known.get(name, ()))

    def fresh(self) -> bool:
        """Tell whether the client is in step: nothing is known to be missing."""
        return self._in_step

    def _is_doubtful(self, offered: Instances) -> bool:
        known = sum(len(urls) for urls in self._known.values())
        if known < MIN_PROTECTED:
            return False
        kept = sum(len(urls & offered.get(name, set())) for name, urls in self._known.items())
        return kept * 100 < self._protect_percent * known

    def _remove(self, name: str, url: str) -> None:
        urls = self._known.get(name)
        if urls is None:
            return
        urls.discard(url)
        if not urls:
            del self._known[name]
