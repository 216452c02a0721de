"""Misconception: the number of an entry is how long it may live.

When it was stored is not in the entry: nothing can be counted from.
"""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store` if it is there and has not expired."""
    value, expires_ms = store.get(key, (None, now_ms))
    return value if expires_ms > 0 else None
