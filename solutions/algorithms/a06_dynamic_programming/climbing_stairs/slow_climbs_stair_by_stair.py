"""Misconception: a loop that keeps only the last few numbers is as good as it gets.

Its memory is; but 10**18 rounds take some thousand years.
"""

from collections import deque


def _check(n: int, steps: tuple[int, ...]) -> None:
    if n < 0:
        raise ValueError(f"n must not be negative, not {n}")
    if not steps or min(steps) < 1 or len(set(steps)) < len(steps):
        raise ValueError(f"steps must be different numbers from 1 on, at least one, not {steps}")


def count_ways(n: int, steps: tuple[int, ...] = (1, 2)) -> int:
    _check(n, steps)
    ways = [1]
    for stair in range(1, n + 1):
        ways.append(sum(ways[stair - step] for step in steps if step <= stair))
    return ways[n]


def cheapest_climb(costs: list[int]) -> int:
    here = before = 0  # to leave the last stair seen, and the one before it
    for cost in costs:
        here, before = min(here, before) + cost, here
    return min(here, before)


def count_ways_mod(n: int, steps: tuple[int, ...], mod: int) -> int:
    _check(n, steps)
    if mod < 1:
        raise ValueError(f"mod must be at least 1, not {mod}")
    size = max(steps)
    last = deque([0] * (size - 1) + [1], maxlen=size)  # the newest at the end
    for _ in range(n):
        last.append(sum(last[size - step] for step in steps) % mod)
    return last[size - 1] % mod
