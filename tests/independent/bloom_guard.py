"""Independent solution of bloom_guard, written from statement and stub alone."""

import hashlib
import math
from collections.abc import Callable, Iterator


def shape(capacity: int, rate: float) -> tuple[int, int]:
    """Return (bits, hashes) for so many keys and such a rate of false alarms.

    ValueError unless capacity is at least 1 and rate is between 0 and 1, both excluded.
    """
    if capacity < 1:
        raise ValueError(f"capacity must be at least 1, not {capacity}")
    if not 0 < rate < 1:
        raise ValueError(f"rate must be between 0 and 1, not {rate}")
    ln2 = math.log(2)
    bits = math.ceil(-capacity * math.log(rate) / ln2**2)
    return bits, max(1, round(bits / capacity * ln2))


class BloomGuard:
    """Knows which keys certainly do not exist."""

    def __init__(self, capacity: int, rate: float, data: bytes | None = None) -> None:
        """Be empty, or what a filter of the same shape was when it was dumped as `data`.

        ValueError as for shape, and for `data` that no filter of this shape can have dumped.
        """
        self._bits, self._hashes = shape(capacity, rate)
        if data is None:
            self._row = bytearray((self._bits + 7) // 8)
        else:
            self._check(data)
            self._row = bytearray(data)

    def add(self, key: str) -> bool:
        """Put the key in; return whether it was certainly not there before."""
        row = self._row
        new = False
        for position in self._positions(key):
            byte, mask = position >> 3, 1 << (position & 7)
            if not row[byte] & mask:
                row[byte] |= mask
                new = True
        return new

    def might_contain(self, key: str) -> bool:
        """Return False if the key was certainly never added."""
        row = self._row
        return all(row[p >> 3] >> (p & 7) & 1 for p in self._positions(key))

    def ask(self, key: str, load: Callable[[str], str | None]) -> str | None:
        """Return load(key), or None without asking if the key was certainly never added."""
        if not self.might_contain(key):
            return None
        return load(key)

    def dump(self) -> bytes:
        """Return the bits: position p is bit p % 8, from the lowest, of byte p // 8."""
        return bytes(self._row)

    def merge(self, data: bytes) -> None:
        """Take in all keys of the filter of the same shape that was dumped as `data`.

        ValueError, and no change, for what no filter of this shape can have dumped.
        """
        self._check(data)
        both = int.from_bytes(self._row, "little") | int.from_bytes(data, "little")
        self._row = bytearray(both.to_bytes(len(self._row), "little"))

    def _positions(self, key: str) -> Iterator[int]:
        digest = hashlib.sha256(key.encode("utf-8")).digest()
        a = int.from_bytes(digest[:8], "big")
        b = int.from_bytes(digest[8:16], "big")
        return ((a + i * b) % self._bits for i in range(self._hashes))

    def _check(self, data: bytes) -> None:
        """Raise ValueError for what no filter of this shape can have dumped."""
        size = (self._bits + 7) // 8
        if len(data) != size:
            raise ValueError(f"a dump of this shape has {size} bytes, not {len(data)}")
        used = self._bits - 8 * (size - 1)  # bits of the last byte that are positions: 1 to 8
        if data[-1] >> used:
            raise ValueError("a bit is set that is no position")
