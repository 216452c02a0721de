"""Independent solution of ttl_lookup, written from statement and stub alone."""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store`, whose entries are (value, expires_ms).

    None if there is none, or if it has expired: from expires_ms on it has. `store` is left as it
    was.
    """
    entry = store.get(key)
    if entry is None:
        return None
    value, expires_ms = entry
    return value if now_ms < expires_ms else None
