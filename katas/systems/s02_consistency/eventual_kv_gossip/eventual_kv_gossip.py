"""An eventually consistent store: last writer wins by hybrid clocks, replicas gossip."""

Stamp = tuple[int, int, str]  # physical part in ms, logical part, node that made it
Item = tuple[str, str | None, Stamp]  # key, value or None for deleted, stamp
Digest = dict[str, tuple[int, int]]  # node: largest (physical, logical) of its stamps


class Replica:
    """One replica of a store from keys to values; of two writes the larger stamp wins."""

    def __init__(self, node: str) -> None:
        """Start empty; every replica has another name."""
        raise NotImplementedError

    def put(self, key: str, value: str, now_ms: int) -> Stamp:
        """Write a value; return its new stamp, larger than all this replica has seen.

        `now_ms` is this node's wall clock, 1 or more; it may be wrong and may jump.
        """
        raise NotImplementedError

    def delete(self, key: str, now_ms: int) -> Stamp:
        """Write that there is no value, whether there was one or not; return the new stamp."""
        raise NotImplementedError

    def get(self, key: str) -> str | None:
        """Return the value that wins here; None if there is none or it was deleted."""
        raise NotImplementedError

    def digest(self) -> Digest:
        """Return for each node the largest time of its stamps that were made or merged here."""
        raise NotImplementedError

    def delta(self, remote: Digest) -> list[Item]:
        """Return what a replica with this digest lacks, smallest stamp first.

        That is each key's winner here whose stamp is beyond the digest's time for its node.
        """
        raise NotImplementedError

    def merge(self, items: list[Item]) -> int:
        """Take in items of another replica; return for how many keys `get` has changed."""
        raise NotImplementedError
