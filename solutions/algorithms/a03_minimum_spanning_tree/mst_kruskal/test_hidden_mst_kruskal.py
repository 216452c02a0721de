"""Hidden suite of mst_kruskal: all sets of edges of small graphs, and what must stay the same."""

from itertools import combinations

import pytest

from graders.kit import Raised, call_many, stream, take
from mst_kruskal import forest_of_sorted, minimum_forest


def parts(n, edges):
    """Return how many connected parts n vertices have with these edges, by relabelling."""
    labels = list(range(n))
    for a, b, _ in edges:
        labels = [labels[a] if each == labels[b] else each for each in labels]
    return len(set(labels))


def lightest(n, edges):
    """Return the least weight that connects as much as all edges do, by trying all sets."""
    needed = n - parts(n, edges)
    return min(
        sum(weight for _, _, weight in chosen)
        for chosen in combinations(edges, needed)
        if parts(n, chosen) == n - needed
    )


def graph(rng, n, m, weights):
    """Return m random edges between n vertices, some of them loops or parallel."""
    return [(rng.randrange(n), rng.randrange(n), rng.choice(weights)) for _ in range(m)]


def check_choice(n, edges, total, taken):
    """Check that a choice is a forest, spans, is in order, and adds up to its total."""
    call = f"minimum_forest({n}, {edges}) gave {(total, taken)}"
    assert total == sum(edges[at][2] for at in taken), call
    assert taken == sorted(set(taken), key=lambda at: (edges[at][2], at)), call
    assert len(taken) == n - parts(n, edges) == n - parts(n, [edges[at] for at in taken]), call


@pytest.mark.stage(1)
def test_no_set_of_edges_is_lighter(rng):
    cases = [(n, graph(rng, n, 8, range(-3, 6))) for n in (1, 2, 3, 4, 5, 6) for _ in range(4)]
    for (n, edges), (total, taken) in zip(cases, call_many(minimum_forest, cases), strict=True):
        check_choice(n, edges, total, taken)
        assert total == lightest(n, edges), f"minimum_forest({n}, {edges}) gave {total}"


@pytest.mark.stage(1)
def test_each_edge_that_is_left_closes_a_cycle_of_earlier_ones(rng):
    cases = [(n, graph(rng, n, 2 * n, range(4))) for n in (3, 6, 10, 15) for _ in range(3)]
    for (n, edges), (_, taken) in zip(cases, call_many(minimum_forest, cases), strict=True):
        for at, edge in enumerate(edges):
            before = [edges[e] for e in taken if (edges[e][2], e) < (edge[2], at)]
            joins = parts(n, [*before, edge]) < parts(n, before)
            assert joins == (at in taken), f"minimum_forest({n}, {edges}) gave {taken}; edge {at}"


@pytest.mark.stage(1)
def test_a_constant_on_all_weights_changes_no_choice(rng):
    n = 40
    edges = graph(rng, n, 90, range(-50, 50))
    moved = [(b, a, weight + 10**9) for a, b, weight in edges]
    (total, taken), (more, same) = call_many(minimum_forest, [(n, edges), (n, moved)])
    check_choice(n, edges, total, taken)
    assert same == taken
    assert more == total + 10**9 * len(taken)


@pytest.mark.stage(1)
def test_every_end_outside_is_refused(rng):
    n = rng.randint(2, 6)
    good = graph(rng, n, 4, range(3))
    ends = [(n, 0), (0, n), (-1, 0), (0, -1), (-n, n - 1), (n + 7, n + 7)]
    cases = [(n, [*good, (a, b, 5)]) for a, b in ends] + [(-rng.randint(1, 9), [])]
    for case, got in zip(cases, call_many(minimum_forest, cases, errors="keep"), strict=True):
        assert isinstance(got, Raised) and got.name == "ValueError", f"{case} gave {got}"


@pytest.mark.stage(2)
def test_a_stream_gives_what_the_list_gives(rng):
    for n in (2, 5, 12, 30):
        edges = sorted(graph(rng, n, 3 * n, range(9)), key=lambda edge: edge[2])
        rising = stream(edges)
        taken = take(forest_of_sorted(n, rising), len(edges) + 1)
        check_choice(n, edges, sum(edges[at][2] for at in taken), taken)
        assert taken == minimum_forest(n, edges)[1], f"forest_of_sorted({n}, {edges})"
        most = taken[-1] + 1 if len(taken) == n - 1 else len(edges)
        assert rising.reads <= most, f"read {rising.reads} of {most} edges"
