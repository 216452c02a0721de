"""Hidden suite of shortest_path_negative: small graphs edge by edge, all cycles of currencies."""

from fractions import Fraction
from itertools import permutations

import pytest

from graders.kit import call_many
from shortest_path_negative import arbitrage, distances, find_negative_cycle


def by_number_of_edges(n, edges, start):
    """Return the least weights of ways of fewer than n edges, and whether one of n is better."""
    row, best = list(start), list(start)
    for count in range(1, n + 1):
        new = [None] * n
        for a, b, weight in edges:
            if row[a] is not None and (new[b] is None or row[a] + weight < new[b]):
                new[b] = row[a] + weight
        row = new
        better = [
            v for v in range(n) if row[v] is not None and (best[v] is None or row[v] < best[v])
        ]
        if count == n:
            return best, bool(better)
        for v in better:
            best[v] = row[v]
    return best, False


def graphs(rng, count, size):
    """Return small graphs with few negative edges, so that many have no negative cycle."""
    found = []
    for _ in range(count):
        n = rng.randint(1, size)
        least = rng.choice([-1, -2, -6])
        edges = [
            (rng.randrange(n), rng.randrange(n), rng.randint(least, 6))
            for _ in range(rng.randint(0, 2 * n))
        ]
        found.append((n, edges))
    return found


def assert_negative(cycle, edges):
    assert cycle and len(set(cycle)) == len(cycle), "no cycle"
    total = 0
    for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True):
        weights = [weight for c, d, weight in edges if (c, d) == (a, b)]
        assert weights, "no such edge"
        total += min(weights)
    assert total < 0, "not negative"


@pytest.mark.stage(1)
def test_distances_agree_with_ways_by_number_of_edges(rng):
    calls = [(n, edges, rng.randrange(n)) for n, edges in graphs(rng, 180, 7)]
    for call, got in zip(calls, call_many(distances, calls, errors="keep"), strict=True):
        n, edges, source = call
        best, endless = by_number_of_edges(n, edges, [0 if v == source else None for v in range(n)])
        if endless:
            assert got.name == "NegativeCycle", call
            assert_negative(got.args[0], edges)
        else:
            assert got == best, call


@pytest.mark.stage(2)
def test_a_cycle_is_found_if_and_only_if_there_is_one(rng):
    calls = graphs(rng, 180, 7)
    for (n, edges), got in zip(calls, call_many(find_negative_cycle, calls), strict=True):
        if by_number_of_edges(n, edges, [0] * n)[1]:
            assert_negative(got, edges)
        else:
            assert got is None, (n, edges)


@pytest.mark.stage(2)
def test_long_cycles_with_tails_are_cut_out(rng):
    for _ in range(6):
        names = rng.sample(range(40), 40)
        ring = [(names[x], names[(x + 1) % 25], -1 if x else 20) for x in range(25)]
        tail = [(names[x], names[x + 1], -9) for x in range(25, 39)] + [(names[39], names[0], -9)]
        ends = [(names[rng.randrange(25)], names[x], -9) for x in range(32, 35)]
        edges = rng.sample(ring + tail, 40)
        assert_negative(find_negative_cycle(40, edges), edges)
        lighter = [(a, b, weight + 1000 * (b == names[25])) for a, b, weight in edges + ends]
        assert_negative(find_negative_cycle(40, lighter), lighter)


@pytest.mark.stage(3)
def test_profits_are_those_of_some_cycle_of_currencies(rng):
    calls = []
    for _ in range(60):
        n = rng.randint(1, 4)
        prices = [rng.randint(1, 50) for _ in range(n)]
        rates = [[(a * rng.randint(8, 10), b * 9) for b in prices] for a in prices]
        for at in range(n):
            rates[at][at] = (1, 1)
        if rng.random() < 0.6:
            rates = [[(p * 9, q * 10) if p != q else (p, q) for p, q in row] for row in rates]
        calls.append((rates,))
    for (rates,), got in zip(calls, call_many(arbitrage, calls), strict=True):

        def gain(cycle, rates=rates):
            product = Fraction(1)
            for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True):
                product *= Fraction(*rates[a][b])
            return product

        n = len(rates)
        cycles = [list(c) for size in range(2, n + 1) for c in permutations(range(n), size)]
        if any(gain(cycle) > 1 for cycle in cycles):
            assert got and len(set(got)) == len(got) and gain(got) > 1, rates
        else:
            assert got is None, rates


@pytest.mark.stage(3)
def test_one_good_rate_among_twelve_currencies(rng):
    prices = rng.sample(range(1, 10**6), 12)
    rates = [[(a, b) for b in prices] for a in prices]
    assert arbitrage(rates) is None
    a, b = rng.sample(range(12), 2)
    rates[a][b] = (prices[a] * 10**12 + 1, prices[b] * 10**12)
    got = arbitrage(rates)
    assert (a, b) in zip(got, got[1:] + got[:1], strict=True), "only this rate is too good"
