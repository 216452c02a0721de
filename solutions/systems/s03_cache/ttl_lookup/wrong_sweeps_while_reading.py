"""Misconception: whoever reads may as well tidy up.

The store is the caller's, who may be walking through it.
"""


def lookup(store: dict[str, tuple[str, int]], key: str, now_ms: int) -> str | None:
    """Return the value of `key` in `store` if it is there and has not expired."""
    entry = store.get(key)
    if entry is not None and now_ms >= entry[1]:
        del store[key]
        return None
    return entry[0] if entry else None
