"""Returns an empty name where there is no server."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        return ""
    return min(active, key=lambda server: (active[server], server))
