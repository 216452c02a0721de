"""A cache of readings: what was measured longest ago goes first, and nothing gets too old."""


class TimestampCache:
    """Hold at most `capacity` entries, none of them answered for at `max_age_ms` or later.

    The timestamp of an entry comes with the data. The clock of the cache is the largest `now_ms`
    that any call has brought so far, and never runs back; an entry has expired once its timestamp
    lies `max_age_ms` or more behind the clock.
    """

    def __init__(self, capacity: int, max_age_ms: int) -> None:
        """Make an empty cache; a capacity or a maximal age below 1 raises ValueError."""
        raise NotImplementedError

    def put(self, key: str, value: str, ts_ms: int, now_ms: int) -> bool:
        """Store `value`, measured at `ts_ms`; return whether that took effect.

        Refused, with no change: what has expired already; what is older than the entry that the
        key has; and a new key, older than every entry of a cache that is full of live ones. A new
        key in a full cache first drops all expired entries, or else the oldest entry.
        """
        raise NotImplementedError

    def get(self, key: str, now_ms: int) -> str | None:
        """Return the value of `key`, None if it is absent or has expired. Nothing is dropped."""
        raise NotImplementedError

    def sweep(self, now_ms: int) -> list[str]:
        """Drop all expired entries and return their keys, the oldest timestamp first."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Return the number of entries held, expired ones included."""
        raise NotImplementedError
