"""What shortest_path_dijkstra must do: distances, a route to show for them, both at size."""

from itertools import pairwise

import pytest

from graders.kit import checked
from shortest_path_dijkstra import distances, route

FOUR = [(0, 1, 4), (0, 2, 1), (2, 1, 2), (1, 3, 5)]


def assert_route(found, edges, source, target, total):
    """Fail unless `found` is a way of this total weight along the edges."""
    assert found is not None, "there is a way"
    got, way = found
    assert got == total, f"total {got}, expected {total}"
    assert way[0] == source and way[-1] == target, f"{way} does not lead there"
    assert len(set(way)) == len(way), f"a vertex comes twice in {way}"
    cheapest = {}
    for a, b, weight in edges:
        cheapest[a, b] = min(weight, cheapest.get((a, b), weight))
    steps = list(pairwise(way))
    for step in steps:
        assert step in cheapest, f"there is no edge {step}"
    assert sum(cheapest[step] for step in steps) == total, f"the weights of {way} say otherwise"


def backbone(n, rng):
    """Return a chain of light edges, listed backwards, and twice as many heavy ones."""
    chain = [(x, x + 1, rng.randint(0, 9)) for x in reversed(range(n - 1))]
    heavy = [
        (rng.randrange(n), rng.randrange(n), rng.randint(10 * n, 20 * n)) for _ in range(2 * n)
    ]
    return chain + heavy


def test_distances_of_the_examples():
    assert distances(4, FOUR, 0) == [0, 3, 1, 8]
    assert distances(4, FOUR, 2) == [None, 2, 0, 7]
    assert distances(3, [(0, 1, 7), (0, 1, 2), (0, 1, 5)], 0) == [0, 2, None]
    assert distances(1, [], 0) == [0]


def test_a_way_with_more_edges_may_be_shorter():
    detour = [(0, 3, 10), (0, 1, 2), (1, 2, 3), (2, 3, 4)]
    assert distances(4, detour, 0) == [0, 2, 5, 9]
    late = [(0, 1, 1), (0, 2, 5), (1, 3, 9), (2, 3, 2), (3, 4, 1), (1, 2, 3)]
    assert distances(5, late, 0) == [0, 1, 4, 6, 7]


def test_edges_lead_one_way():
    assert distances(3, [(1, 0, 4), (1, 2, 4)], 0) == [0, None, None]
    assert distances(3, [(0, 1, 9), (1, 0, 1), (2, 0, 1)], 1) == [1, 0, None]


def test_edges_of_weight_zero_count():
    ring = [(0, 1, 0), (1, 2, 0), (2, 0, 0), (2, 3, 4), (0, 3, 5)]
    assert distances(4, ring, 0) == [0, 0, 0, 4]
    assert distances(3, [(0, 1, 6), (1, 0, 3), (1, 2, 0), (0, 0, 2)], 0) == [0, 6, 6]


def test_large_weights_stay_exact():
    big = 10**15
    chain = [(x, x + 1, big - x) for x in range(40)]
    expected = [sum(big - x for x in range(k)) for k in range(41)]
    assert distances(41, chain, 0) == expected
    nearly = [*chain, (0, 40, expected[40] + 1)]
    assert distances(41, nearly, 0)[40] == expected[40]


def test_routes_of_the_examples():
    assert route(4, FOUR, 0, 3) == (8, [0, 2, 1, 3])
    assert route(4, FOUR, 2, 3) == (7, [2, 1, 3])
    assert route(4, FOUR, 3, 0) is None
    assert route(4, FOUR, 1, 1) == (0, [1])


def test_any_of_several_shortest_routes_will_do():
    square = [(0, 1, 2), (0, 2, 3), (1, 3, 2), (2, 3, 1), (0, 3, 4), (0, 3, 6)]
    assert_route(route(4, square, 0, 3), square, 0, 3, 4)
    zeros = [(0, 1, 0), (1, 0, 0), (1, 2, 0), (2, 1, 0), (2, 3, 0), (3, 1, 0), (3, 3, 0)]
    assert_route(route(4, zeros, 0, 3), zeros, 0, 3, 0)
    assert_route(route(4, zeros, 3, 2), zeros, 3, 2, 0)
    assert route(4, zeros, 2, 2) == (0, [2])


def test_a_negative_weight_is_refused_wherever_it_is():
    for edges in ([(0, 1, -1)], [(0, 1, 2), (2, 1, -1)], [(1, 1, -3)]):
        with pytest.raises(ValueError):
            distances(3, edges, 0)
        with pytest.raises(ValueError):
            route(3, edges, 0, 0)


def test_what_is_no_vertex_is_refused():
    for n, edges, source in [(3, [], 3), (3, [], -1), (0, [], 0), (-1, [], 0)]:
        with pytest.raises(ValueError):
            distances(n, edges, source)
    for edge in [(0, 2, 1), (2, 0, 1), (-1, 0, 1), (0, -1, 1)]:
        with pytest.raises(ValueError):
            distances(2, [(0, 1, 1), edge], 0)
    for source, target in [(0, 2), (2, 0), (0, -1), (-1, 0)]:
        with pytest.raises(ValueError):
            route(2, [(0, 1, 1)], source, target)


def test_the_list_of_edges_stays_as_it_was():
    edges = [(0, 2, 4), (0, 1, 1), (1, 2, 2)]
    result, (_, after, _) = checked(distances, 3, edges, 0)
    assert result == [0, 1, 3]
    assert after == [(0, 2, 4), (0, 1, 1), (1, 2, 2)]


@pytest.mark.perf
def test_distances_along_a_backbone(rng):
    edges = backbone(10_000, rng)
    expected = [0]
    for _, _, weight in reversed(edges[:9_999]):
        expected.append(expected[-1] + weight)
    assert distances(10_000, edges, 0) == expected


@pytest.mark.perf
def test_a_route_along_a_backbone(rng):
    edges = backbone(10_000, rng)
    total = sum(weight for _, _, weight in edges[:9_999])
    assert route(10_000, edges, 0, 9_999) == (total, list(range(10_000)))


@pytest.mark.perf
def test_a_hub_that_comes_nearer_many_times():
    k = 8_000
    hub = k + 1
    edges = [(0, x, x) for x in range(1, k + 1)]
    edges += [(x, hub, 2 * (k - x)) for x in range(1, k + 1)]
    edges += [(hub, x, 1) for x in range(1, k + 1)]
    assert distances(k + 2, edges, 0) == [*range(k + 1), k]
