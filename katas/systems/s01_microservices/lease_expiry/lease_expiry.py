"""Lease expiry: who is still there, when nobody says goodbye?"""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    """Return the sorted names whose lease has not ended at `now_ms`; it ends at its instant.

    `expires_ms` holds the end of each name's lease in milliseconds and is left as it was.
    """
    raise NotImplementedError
