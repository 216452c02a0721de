"""Independent solution of least_busy, written from statement and stub alone."""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name.

    `active` gives the number of active requests of each server and is left as it was. Raises
    ValueError when there is no server.
    """
    if not active:
        raise ValueError("there is no server")
    return min(active, key=lambda server: (active[server], server))
