"""Hidden suite of depth_first_search: small graphs against a recursion, wide and deep ones."""

from itertools import count, pairwise

import pytest

from depth_first_search import dfs_times, edge_kinds, find_cycle
from graders.kit import call_many


def by_recursion(adj):
    """Return both times and all arcs with their kinds, by the definition."""
    found, left, arcs, clock = {}, {}, [], count()

    def enter(here):
        found[here] = next(clock)
        for then in adj[here]:
            if then not in found:
                arcs.append((here, then, "tree"))
                enter(then)
            elif then not in left:
                arcs.append((here, then, "back"))
            else:
                arcs.append((here, then, "forward" if found[then] > found[here] else "cross"))
        left[here] = next(clock)

    for root in range(len(adj)):
        if root not in found:
            enter(root)
    n = len(adj)
    return ([found[v] for v in range(n)], [left[v] for v in range(n)]), arcs


def graphs(rng, count, size):
    """Return small graphs, about half of them without cycles."""
    cases = []
    for _ in range(count):
        n = rng.randint(0, size)
        names = rng.sample(range(n), n)
        upwards = rng.random() < 0.5
        adj = [[] for _ in range(n)]
        for _ in range(rng.randint(0, 2 * n)):
            a, b = rng.randrange(n), rng.randrange(n)
            if not upwards:
                adj[a].append(b)
            elif a != b:
                adj[names[min(a, b)]].append(names[max(a, b)])
        cases.append((adj,))
    return cases


def has_cycle(adj):
    """Tell whether some vertex is always left when those that no arc leads to are struck out."""
    rest = set(range(len(adj)))
    while True:
        led_to = {then for here in rest for then in adj[here]}
        if rest <= led_to:
            return bool(rest)
        rest &= led_to


def assert_cycle(cycle, adj):
    assert cycle and len(set(cycle)) == len(cycle), "no cycle"
    assert all(b in adj[a] for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True)), "no arc"


def path_from_0(n, rng):
    """Return the vertices of a path in its order, which begins with 0."""
    return [0, *rng.sample(range(1, n), n - 1)]


@pytest.mark.stage(1)
def test_times_agree_with_a_recursion(rng):
    cases = graphs(rng, 150, 7)
    for (adj,), got in zip(cases, call_many(dfs_times, cases), strict=True):
        assert got == by_recursion(adj)[0], adj


@pytest.mark.stage(2)
def test_kinds_agree_with_a_recursion(rng):
    cases = graphs(rng, 150, 7)
    for (adj,), got in zip(cases, call_many(edge_kinds, cases), strict=True):
        assert got == by_recursion(adj)[1], adj


@pytest.mark.stage(3)
def test_a_cycle_is_found_exactly_if_there_is_one(rng):
    cases = graphs(rng, 150, 7)
    for (adj,), got in zip(cases, call_many(find_cycle, cases), strict=True):
        if has_cycle(adj):
            assert_cycle(got, adj)
        else:
            assert got is None, adj


@pytest.mark.stage(3)
def test_a_ring_with_ways_to_it_and_from_it(rng):
    names = rng.sample(range(180), 180)
    adj = [[] for _ in names]
    for x in range(60):
        adj[names[x]].append(names[(x + 1) % 60])
        adj[names[60 + x]].append(names[61 + x] if x < 59 else names[0])
        adj[names[rng.randrange(60)]].insert(0, names[120 + x])
    cycle = find_cycle(adj)
    assert_cycle(cycle, adj)
    assert sorted(cycle) == sorted(names[:60])


@pytest.mark.stage(4)
def test_a_path_with_shuffled_names(rng):
    n = 1_200
    names = path_from_0(n, rng)
    adj = [[] for _ in names]
    for here, then in pairwise(names):
        adj[here].append(then)
    found, left = dfs_times(adj)
    assert [found[v] for v in names] == list(range(n))
    assert [left[v] for v in names] == list(range(2 * n - 1, n - 1, -1))
    assert find_cycle(adj) is None
    adj[names[-1]].append(names[500])
    assert sorted(find_cycle(adj)) == sorted(names[500:])


@pytest.mark.stage(4)
def test_kinds_and_a_cycle_five_thousand_deep():
    n = 5_000
    down = [(x, x + 1, "tree") for x in range(n - 1)]
    again = [(x, x + 1, "forward") for x in range(n - 1)]
    ring = [[x + 1, x + 1] for x in range(n - 1)] + [[0]]
    assert edge_kinds(ring) == [*down, (n - 1, 0, "back"), *again[::-1]]
    cycle = find_cycle(ring)
    at = cycle.index(0)
    assert cycle[at:] + cycle[:at] == list(range(n))


@pytest.mark.perf
@pytest.mark.stage(2)
def test_kinds_of_a_wide_graph():
    n = 10_000
    adj = [[], list(range(2, n)), *([[0, 1]] * (n - 2))]
    arcs = [arc for v in range(2, n) for arc in ((1, v, "tree"), (v, 0, "cross"), (v, 1, "back"))]
    assert edge_kinds(adj) == arcs


@pytest.mark.perf
@pytest.mark.stage(3)
def test_no_cycle_below_fifteen_thousand_vertices():
    n = 15_000
    hub = list(range(181, 181 + n))
    below = [list(range(v + 1, 181)) for v in range(1, 181)]
    assert find_cycle([hub, *below, *([[1]] * n)]) is None
