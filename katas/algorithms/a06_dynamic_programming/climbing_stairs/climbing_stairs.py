"""Climbing stairs: the number of ways, the cheapest way, and the number for very many stairs."""


def count_ways(n: int, steps: tuple[int, ...] = (1, 2)) -> int:
    """Return how many sequences of steps, each of a size in `steps`, add up to exactly n stairs.

    n is at most 3,000; 0 stairs have one way, the empty sequence. A negative n, no steps at all,
    a step below 1 and a step given twice raise ValueError.
    """
    raise NotImplementedError


def cheapest_climb(costs: list[int]) -> int:
    """Return the least that it costs to get from the ground past the last stair.

    Each step goes up one stair or two; standing on stair i costs `costs[i]`, 0 or more. The
    ground and the top, just past the last stair, cost nothing. `costs` is left as it was.
    """
    raise NotImplementedError


def count_ways_mod(n: int, steps: tuple[int, ...], mod: int) -> int:
    """Return the number of ways modulo `mod`, a value from 0 to mod - 1, for n up to 10**18.

    No step is above 10. Errors are those of count_ways; a mod below 1 is one, too.
    """
    raise NotImplementedError
