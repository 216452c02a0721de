"""Misconception: a checksum is quickly written by hand.

It is, and each bit of the key costs a step of the interpreter, where the library takes bytes by
table at the speed of C.
"""


def shard_of(key: str, shards: int) -> int:
    """Return the CRC-32 of the key's UTF-8 bytes, modulo `shards`."""
    if shards < 1:
        raise ValueError(f"there is no shard among {shards}")
    checksum = 0xFFFFFFFF
    for byte in key.encode():
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0xEDB88320 if checksum & 1 else 0)
    return (checksum ^ 0xFFFFFFFF) % shards
