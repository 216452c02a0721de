"""Looks for a server with nothing to do and otherwise takes the first name."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        raise ValueError("no servers")
    idle = [server for server in active if not active[server]]
    return min(idle or active)
