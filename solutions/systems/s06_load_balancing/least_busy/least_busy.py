"""Least busy: a minimum over what is open now."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        raise ValueError("no servers")
    return min(active, key=lambda server: (active[server], server))
