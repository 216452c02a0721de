"""Takes one server after the other, whatever they have to do."""

from itertools import count

turn = count()


def pick(active: dict[str, int]) -> str:
    """Return the server with the fewest active requests; of equal ones the smallest name."""
    if not active:
        raise ValueError("no servers")
    return sorted(active)[next(turn) % len(active)]
