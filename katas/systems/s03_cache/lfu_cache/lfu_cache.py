"""An LFU cache: it makes room by dropping the key that was used least often."""


class LFUCache:
    """Hold at most `capacity` entries and drop the least frequently used one to make room.

    A key is used by every `put` and by each `get` that finds it. Of several keys with the same
    number of uses the one whose last use is longest ago is dropped.
    """

    def __init__(self, capacity: int) -> None:
        """Make an empty cache; with capacity 0 it stores nothing, below 0 raises ValueError."""
        raise NotImplementedError

    def get(self, key: int) -> int:
        """Return the value of `key` and count a use; -1, and no change, if it is absent."""
        raise NotImplementedError

    def put(self, key: int, value: int) -> None:
        """Store `value` under `key`, replacing an older value, and count a use.

        Only a new key in a full cache drops an entry, and never itself. A new key starts with
        one use, whether or not it was here before.
        """
        raise NotImplementedError

    def frequency(self, key: int) -> int:
        """Return how often `key` was used since it came in, 0 if it is absent; this is no use."""
        raise NotImplementedError
