"""Hidden suite of topological_order: small graphs against all permutations and all ways."""

from itertools import permutations

import pytest

from graders.kit import call_many
from topological_order import CycleFound, layers, longest_chain, order


def first_order(n, edges):
    """Return the first permutation in which every edge points forward, None if there is none."""
    for each in permutations(range(n)):
        if all(each.index(a) < each.index(b) for a, b in edges):
            return list(each)
    return None


def longest_way_to(vertex, edges):
    """Return how many vertices the longest way that ends here has."""
    return 1 + max((longest_way_to(a, edges) for a, b in edges if b == vertex), default=0)


def graphs(rng, count, size):
    """Return small graphs, about half of them without cycles."""
    found = []
    for _ in range(count):
        n = rng.randint(1, size)
        names = rng.sample(range(n), n)
        pairs = [(rng.randrange(n), rng.randrange(n)) for _ in range(rng.randint(0, n + 2))]
        if rng.random() < 0.6:
            pairs = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
        found.append((n, [(names[a], names[b]) for a, b in pairs]))
    return found


def assert_cycle(cycle, edges):
    assert cycle and len(set(cycle)) == len(cycle), "no cycle"
    assert all(pair in edges for pair in zip(cycle, cycle[1:] + cycle[:1], strict=True)), "no edge"


@pytest.mark.stage(1)
def test_order_is_the_first_of_all_permutations(rng):
    cases = graphs(rng, 120, 5)
    for (n, edges), got in zip(cases, call_many(order, cases, errors="keep"), strict=True):
        expected = first_order(n, edges)
        if expected is None:
            assert got.name == "CycleFound", (n, edges)
            assert_cycle(got.args[0], edges)
        else:
            assert got == expected, (n, edges)


@pytest.mark.stage(1)
def test_a_long_cycle_with_tails_is_found(rng):
    names = rng.sample(range(900), 900)
    ring = [(names[x], names[(x + 1) % 300]) for x in range(300)]
    tails = [(names[x], names[x + 1]) for x in range(300, 599)] + [(names[599], names[0])]
    ends = [(names[rng.randrange(300)], names[x]) for x in range(600, 900)]
    edges = rng.sample(ring + tails + ends, 900)
    with pytest.raises(CycleFound) as caught:
        order(900, edges)
    assert sorted(caught.value.args[0]) == sorted(names[:300])
    assert_cycle(caught.value.args[0], edges)


@pytest.mark.stage(2)
def test_layers_agree_with_the_longest_ways(rng):
    cases = [case for case in graphs(rng, 150, 6) if first_order(*case) is not None][:60]
    chains = call_many(longest_chain, cases)
    for (n, edges), got, chain in zip(cases, call_many(layers, cases), chains, strict=True):
        ways = [longest_way_to(vertex, edges) for vertex in range(n)]
        expected = [[v for v in range(n) if ways[v] == k + 1] for k in range(max(ways))]
        assert got == expected, (n, edges)
        assert chain == max(ways), (n, edges)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_many_free_vertices_at_once(rng):
    names = rng.sample(range(1, 15_000), 14_999)
    star = [(names[0], x) for x in names[1:]] + [(x, 0) for x in names[1:]]
    assert order(15_000, star) == [names[0], *sorted(names[1:]), 0]
