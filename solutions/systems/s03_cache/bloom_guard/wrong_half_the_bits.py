"""Misconception: bits = -n ln p / ln 2.

It is the square of ln 2: the filter is too small, and false alarms are too frequent.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from math import ceil, log


def shape(capacity: int, rate: float) -> tuple[int, int]:
    """Return (bits, hashes) for so many keys and such a rate of false alarms."""
    if capacity < 1 or not 0 < rate < 1:
        raise ValueError("capacity is at least 1, the rate between 0 and 1")
    bits = ceil(-capacity * log(rate) / log(2))
    return bits, max(1, round(bits / capacity * log(2)))


class BloomGuard:
    """Knows which keys certainly do not exist."""

    def __init__(self, capacity: int, rate: float, data: bytes | None = None) -> None:
        """Be empty, or what a filter of the same shape was when it was dumped as `data`."""
        self._bits, self._hashes = shape(capacity, rate)
        self._table = bytearray(-(-self._bits // 8))
        if data is not None:
            self.merge(data)

    def add(self, key: str) -> bool:
        """Put the key in; return whether it was certainly not there before."""
        new = False
        for place, bit in self._places(key):
            new = new or not self._table[place] & bit
            self._table[place] |= bit
        return new

    def might_contain(self, key: str) -> bool:
        """Return False if the key was certainly never added."""
        return all(self._table[place] & bit for place, bit in self._places(key))

    def ask(self, key: str, load: Callable[[str], str | None]) -> str | None:
        """Return load(key), or None without asking if the key was certainly never added."""
        return load(key) if self.might_contain(key) else None

    def dump(self) -> bytes:
        """Return the bits: position p is bit p % 8, from the lowest, of byte p // 8."""
        return bytes(self._table)

    def merge(self, data: bytes) -> None:
        """Take in all keys of the filter of the same shape that was dumped as `data`."""
        theirs = int.from_bytes(data, "little")
        if len(data) != len(self._table) or theirs >> self._bits:
            raise ValueError("that is no dump of a filter of this shape")
        both = int.from_bytes(self._table, "little") | theirs
        self._table[:] = both.to_bytes(len(data), "little")

    def _places(self, key: str) -> Iterator[tuple[int, int]]:
        """Give byte and bit of each position of a key."""
        digest = sha256(key.encode()).digest()
        a, b = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")
        for number in range(self._hashes):
            position = (a + number * b) % self._bits
            yield position // 8, 1 << position % 8
