"""Independent solution of climbing_stairs: pushed counts, paid or skipped, Bostan-Mori halving."""


def _check(n: int, steps: tuple[int, ...]) -> None:
    if n < 0:
        raise ValueError(f"the number of stairs is negative: {n}")
    if not steps:
        raise ValueError("no steps are given")
    if min(steps) < 1:
        raise ValueError("a step is below 1")
    if len(set(steps)) < len(steps):
        raise ValueError("a step is given twice")


def count_ways(n: int, steps: tuple[int, ...] = (1, 2)) -> int:
    """Return how many sequences of steps, each of a size in `steps`, add up to exactly n stairs.

    Each stair hands its number on to those that can be reached from it. A negative n, no steps
    at all, a step below 1 and a step given twice raise ValueError.
    """
    _check(n, steps)
    ways = [1] + [0] * n
    for stair in range(n):
        here = ways[stair]
        if here:
            for step in steps:
                if stair + step <= n:
                    ways[stair + step] += here
    return ways[n]


def cheapest_climb(costs: list[int]) -> int:
    """Return the least that it costs to get from the ground past the last stair.

    No two neighbouring stairs may be skipped; that is all that a step of one or two stairs means.
    """
    paid = skipped = 0
    for cost in costs:
        paid, skipped = cost + min(paid, skipped), paid
    return min(paid, skipped)


def _product(a: list[int], b: list[int], mod: int) -> list[int]:
    result = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b):
                result[i + j] += x * y
    return [value % mod for value in result]


def count_ways_mod(n: int, steps: tuple[int, ...], mod: int) -> int:
    """Return the number of ways modulo `mod`, a value from 0 to mod - 1, for n up to 10**18.

    It is the coefficient of x**n in 1 / (1 - sum of x**step). With P/Q = P·Q(-x) / Q·Q(-x) the
    denominator is even, and only every second coefficient of the numerator matters: n is halved.
    """
    _check(n, steps)
    if mod < 1:
        raise ValueError(f"mod must be at least 1, not {mod}")
    numerator = [1]
    denominator = [1] + [0] * max(steps)
    for step in steps:
        denominator[step] = -1
    while n:
        mirrored = [-c if i % 2 else c for i, c in enumerate(denominator)]
        numerator = _product(numerator, mirrored, mod)[n % 2 :: 2]
        denominator = _product(denominator, mirrored, mod)[::2]
        n //= 2
    return numerator[0] % mod
