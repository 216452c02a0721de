"""A cache's answer: a value that is there and has not expired."""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store` if it is there and has not expired."""
    value, expires_ms = store.get(key, (None, now_ms))
    return value if now_ms < expires_ms else None
