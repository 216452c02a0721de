"""Least busy: to which server does the next request go?"""


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name.

    `active` gives the number of active requests of each server and is left as it was. Raises
    ValueError when there is no server.
    """
    raise NotImplementedError
