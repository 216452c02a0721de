"""A Bloom filter before a store: keys that do not exist never get there.

The positions of a key: the first 8 bytes of the SHA-256 of its UTF-8 bytes are the number a, the
next 8 bytes are b, both big-endian. Position number i, from 0 on, is (a + i * b) modulo the bits.
"""

from collections.abc import Callable


def shape(capacity: int, rate: float) -> tuple[int, int]:
    """Return (bits, hashes) for so many keys and such a rate of false alarms.

    ValueError unless capacity is at least 1 and rate is between 0 and 1, both excluded.
    """
    raise NotImplementedError


class BloomGuard:
    """Knows which keys certainly do not exist."""

    def __init__(self, capacity: int, rate: float, data: bytes | None = None) -> None:
        """Be empty, or what a filter of the same shape was when it was dumped as `data`.

        ValueError as for shape, and for `data` that no filter of this shape can have dumped.
        """
        raise NotImplementedError

    def add(self, key: str) -> bool:
        """Put the key in; return whether it was certainly not there before."""
        raise NotImplementedError

    def might_contain(self, key: str) -> bool:
        """Return False if the key was certainly never added."""
        raise NotImplementedError

    def ask(self, key: str, load: Callable[[str], str | None]) -> str | None:
        """Return load(key), or None without asking if the key was certainly never added."""
        raise NotImplementedError

    def dump(self) -> bytes:
        """Return the bits: position p is bit p % 8, from the lowest, of byte p // 8."""
        raise NotImplementedError

    def merge(self, data: bytes) -> None:
        """Take in all keys of the filter of the same shape that was dumped as `data`.

        ValueError, and no change, for what no filter of this shape can have dumped.
        """
        raise NotImplementedError
