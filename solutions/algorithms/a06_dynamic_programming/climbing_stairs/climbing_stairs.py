"""Reference for climbing_stairs: one recurrence, run in a loop or by repeated squaring."""

from operator import mul

Matrix = list[list[int]]


def _check(n: int, steps: tuple[int, ...]) -> None:
    if n < 0:
        raise ValueError(f"n must not be negative, not {n}")
    if not steps or min(steps) < 1 or len(set(steps)) < len(steps):
        raise ValueError(f"steps must be different numbers from 1 on, at least one, not {steps}")


def count_ways(n: int, steps: tuple[int, ...] = (1, 2)) -> int:
    """Return how many sequences of steps, each of a size in `steps`, add up to exactly n."""
    _check(n, steps)
    ways = [1]
    for stair in range(1, n + 1):
        ways.append(sum(ways[stair - step] for step in steps if step <= stair))
    return ways[n]


def cheapest_climb(costs: list[int]) -> int:
    """Return the least that it costs to get from the ground past the last stair."""
    here = before = 0  # to leave the last stair seen, and the one before it
    for cost in costs:
        here, before = min(here, before) + cost, here
    return min(here, before)


def _product(a: Matrix, b: Matrix, mod: int) -> Matrix:
    columns = list(zip(*b, strict=True))
    return [[sum(map(mul, row, column)) % mod for column in columns] for row in a]


def count_ways_mod(n: int, steps: tuple[int, ...], mod: int) -> int:
    """Return the number of ways modulo `mod`; n may be 10**18, no step is above 10."""
    _check(n, steps)
    if mod < 1:
        raise ValueError(f"mod must be at least 1, not {mod}")
    size = max(steps)
    # One step: the new entry is a sum of earlier ones, the others move down by one place.
    step: Matrix = [[int(at + 1 in steps) for at in range(size)]]
    step += [[int(at == row) for at in range(size)] for row in range(size - 1)]
    power: Matrix = [[int(at == row) for at in range(size)] for row in range(size)]
    while n:
        if n % 2:
            power = _product(power, step, mod)
        step = _product(step, step, mod)
        n //= 2
    # At stair 0 the entries are 1, 0, 0, ...: the first column of the power is stair n.
    return power[0][0] % mod
