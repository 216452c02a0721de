"""Independent solution of lease_expiry, written from statement and stub alone."""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    """Return the sorted names whose lease has not ended at `now_ms`; it ends at its instant.

    `expires_ms` holds the end of each name's lease in milliseconds and is left as it was.
    """
    return sorted(name for name, end_ms in expires_ms.items() if now_ms < end_ms)
