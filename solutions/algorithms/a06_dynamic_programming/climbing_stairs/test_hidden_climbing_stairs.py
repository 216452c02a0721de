"""Hidden suite of climbing_stairs: every sequence of steps, every way up, long recurrences."""

from itertools import compress, pairwise, product

import pytest

from climbing_stairs import cheapest_climb, count_ways, count_ways_mod
from graders.kit import call_many


def sequences(n, steps):
    """Return the number of ways by climbing all of them, breadth first."""
    done, places = 0, [0]
    while places:
        places = [at + step for at in places for step in steps if at + step <= n]
        done += places.count(n)
    return done + (n == 0)


def stairs(rng, count, most):
    """Return calls of count_ways with random steps, in any order."""
    calls = []
    for _ in range(count):
        steps = tuple(rng.sample(range(1, 7), rng.randint(1, 4)))
        calls.append((rng.randint(0, most), steps))
    return calls


@pytest.mark.stage(1)
def test_ways_agree_with_climbing_all_of_them(rng):
    calls = stairs(rng, 60, 11)
    for (n, steps), got in zip(calls, call_many(count_ways, calls), strict=True):
        assert got == sequences(n, steps), f"count_ways({n}, {steps})"


@pytest.mark.perf
@pytest.mark.stage(1)
def test_ways_obey_the_recurrence_at_size(rng):
    steps = tuple(rng.sample(range(1, 60), 10))
    n = rng.randint(900, 1000)
    ways, *before = call_many(count_ways, [(n, steps), *((n - step, steps) for step in steps)])
    assert ways == sum(before), f"count_ways({n}, {steps})"


@pytest.mark.stage(2)
def test_prices_agree_with_all_ways(rng):
    calls = [([rng.randint(0, 9) for _ in range(rng.randint(0, 9))],) for _ in range(60)]
    for (costs,), got in zip(calls, call_many(cheapest_climb, calls), strict=True):
        chosen = product((False, True), repeat=len(costs))
        legal = (each for each in chosen if all(a or b for a, b in pairwise(each)))
        least = min(sum(compress(costs, each)) for each in legal)
        assert got == least, f"cheapest_climb({costs})"


@pytest.mark.stage(3)
def test_remainders_are_those_of_the_exact_numbers(rng):
    calls = [(n, steps, rng.choice((1, 2, 10, 97, 10**18))) for n, steps in stairs(rng, 60, 16)]
    exact = call_many(count_ways, [(n, steps) for n, steps, _ in calls])
    for call, ways, got in zip(calls, exact, call_many(count_ways_mod, calls), strict=True):
        assert got == ways % call[2], f"count_ways_mod{call}"


@pytest.mark.perf
@pytest.mark.stage(3)
def test_remainders_obey_the_recurrence_near_the_largest_n(rng):
    steps, mod = (2, 3, 7), rng.randint(10**8, 10**9)
    n = 10**18 - rng.randint(0, 10**6)
    calls = [(n, steps, mod), *((n - step, steps, mod) for step in steps)]
    ways, *before = call_many(count_ways_mod, calls)
    assert ways == sum(before) % mod, f"count_ways_mod({n}, {steps}, {mod})"
