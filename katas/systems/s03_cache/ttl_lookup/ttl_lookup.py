"""A cache's answer: a value that is there and has not expired."""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store`, whose entries are (value, expires_ms).

    None if there is none, or if it has expired: from expires_ms on it has. `store` is left as it
    was.
    """
    raise NotImplementedError
