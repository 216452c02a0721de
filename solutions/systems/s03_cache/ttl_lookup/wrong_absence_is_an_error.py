"""Misconception: asking for what is not cached is a mistake.

It is the usual case: every first reader does.
"""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store` if it is there and has not expired."""
    value, expires_ms = store[key]
    return value if now_ms < expires_ms else None
