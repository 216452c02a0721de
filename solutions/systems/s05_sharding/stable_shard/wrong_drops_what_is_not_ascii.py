"""Misconception: keys are ASCII, and what is not can be left out.

All names written in Chinese lie on one shard then.
"""

from zlib import crc32


def shard_of(key: str, shards: int) -> int:
    """Return the CRC-32 of the key's UTF-8 bytes, modulo `shards`."""
    if shards < 1:
        raise ValueError(f"there is no shard among {shards}")
    return crc32(key.encode("ascii", "ignore")) % shards
