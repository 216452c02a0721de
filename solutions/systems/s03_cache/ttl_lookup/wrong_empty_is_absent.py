"""Misconception: a value that is false is no value.

A user without a nickname is then loaded from the database each time.
"""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store` if it is there and has not expired."""
    value, expires_ms = store.get(key, ("", now_ms))
    return value if value and now_ms < expires_ms else None
