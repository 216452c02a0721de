"""Lease expiry: the end of a lease against the clock, and nothing else."""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    """Return the sorted names whose lease has not ended at `now_ms`."""
    return sorted(name for name, end_ms in expires_ms.items() if end_ms > now_ms)
