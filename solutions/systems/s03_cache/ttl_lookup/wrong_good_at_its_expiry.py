"""Misconception: an entry is good up to and including its expiry.

Then an entry with a life of 0 would be good once, and two neighbours in time would overlap.
"""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store` if it is there and has not expired."""
    value, expires_ms = store.get(key, (None, now_ms))
    return value if now_ms <= expires_ms else None
