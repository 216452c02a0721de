"""Independent solution of stable_shard, written from statement and stub alone."""

import zlib


def shard_of(key: str, shards: int) -> int:
    """Return the CRC-32 of the key's UTF-8 bytes, modulo `shards`: a number from 0 on.

    ValueError for fewer than one shard.
    """
    if shards < 1:
        raise ValueError(f"at least one shard is needed, not {shards}")
    return zlib.crc32(key.encode("utf-8")) % shards
