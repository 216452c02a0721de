"""A cache that drops what came first, with or without a second chance for what was used."""


class FIFOCache:
    """Hold at most `capacity` entries in a line, and make room at its front.

    With `second_chance`, use marks an entry; a marked one at the front loses its mark and goes
    to the end of the line instead of being dropped.
    """

    def __init__(self, capacity: int, second_chance: bool = False) -> None:
        """Make an empty cache; a capacity below 1 raises ValueError."""
        raise NotImplementedError

    def get(self, key: str) -> str | None:
        """Return the value of `key`, or None if it is absent; finding it is use."""
        raise NotImplementedError

    def put(self, key: str, value: str) -> None:
        """Store `value` under `key`.

        A known key keeps its place and gets the new value, which is use; a new one joins the end
        of the line without a mark, after room was made for it if the cache is full.
        """
        raise NotImplementedError

    def keys(self) -> list[str]:
        """Return a new list of the keys, the front of the line first."""
        raise NotImplementedError


def faults(refs: list[int], capacity: int) -> int:
    """Count the page faults of the references `refs` in `capacity` frames under plain FIFO.

    The frames are empty at first. A capacity below 1 raises ValueError.
    """
    raise NotImplementedError
