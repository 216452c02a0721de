"""Writes the new request into the figures of the caller."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        raise ValueError("no servers")
    server = min(active, key=lambda server: (active[server], server))
    active[server] += 1
    return server
