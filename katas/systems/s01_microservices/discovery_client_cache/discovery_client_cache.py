"""Client-side discovery: know the instances from a snapshot and a stream of events."""


class DiscoveryClient:
    """The client's own copy of what the registry knows; it answers whatever happens to that.

    It does no input or output: the caller asks `next_request` what to ask the registry for, and
    hands in what comes back.
    """

    def __init__(self, protect_percent: int = 85) -> None:
        """Know nothing yet; doubt snapshots that keep less than `protect_percent` of the instances.

        Raises ValueError when it is not in 0..100.
        """
        raise NotImplementedError

    def next_request(self) -> tuple[str] | tuple[str, int]:
        """Return ("snapshot",), or ("watch", index) while the client is in step."""
        raise NotImplementedError

    def on_snapshot(self, index: int, services: dict[str, list[str]]) -> str:
        """Take in all instances as they were at `index`: "applied", "protected" or "old"."""
        raise NotImplementedError

    def on_event(self, index: int, kind: str, name: str, url: str) -> str:
        """Take in change number `index`: "applied", "duplicate" or "gap".

        `kind` is "up" or "down"; anything else raises ValueError and changes nothing.
        """
        raise NotImplementedError

    def on_disconnect(self) -> None:
        """Take note that the connection is lost; the registry may begin to count anew."""
        raise NotImplementedError

    def resolve(self, name: str) -> list[str]:
        """Return the urls of a service as last known, sorted; empty for an unknown service."""
        raise NotImplementedError

    def fresh(self) -> bool:
        """Tell whether the client is in step: nothing is known to be missing."""
        raise NotImplementedError
