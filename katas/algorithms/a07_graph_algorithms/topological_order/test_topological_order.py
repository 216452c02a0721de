"""What topological_order must do: the smallest order or a cycle, then layers and chains."""

import pytest

from graders.kit import checked
from topological_order import CycleFound, layers, longest_chain, order

SIX = [(5, 2), (5, 0), (4, 0), (4, 1), (2, 3), (3, 1)]


def assert_cycle(cycle, edges):
    """Fail unless `cycle` lists the vertices of a cycle along the edges, each once."""
    assert cycle, "an empty list is no cycle"
    assert len(set(cycle)) == len(cycle), f"a vertex comes twice in {cycle}"
    for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True):
        assert (a, b) in edges, f"there is no edge {(a, b)}, as the cycle {cycle} says"


def knots(n, rng):
    """Return the edges of a chain downwards from n - 1 to 0, and as many more along it."""
    chain = [(x, x - 1) for x in range(1, n)]
    return chain + [tuple(sorted(rng.sample(range(n), 2), reverse=True)) for _ in range(n)]


@pytest.mark.stage(1)
def test_orders_of_the_examples():
    assert order(6, SIX) == [4, 5, 0, 2, 3, 1]
    assert order(4, [(3, 0)]) == [1, 2, 3, 0]
    assert order(3, [(1, 0), (1, 0)]) == [1, 0, 2]
    assert order(0, []) == []


@pytest.mark.stage(1)
def test_the_smallest_of_the_free_vertices_comes_next():
    assert order(5, [(0, 4), (4, 1)]) == [0, 2, 3, 4, 1]
    assert order(5, [(4, 0), (1, 3)]) == [1, 2, 3, 4, 0]
    assert order(4, [(2, 0), (0, 1)]) == [2, 0, 1, 3]
    assert order(4, [(3, 0), (3, 1), (0, 2)]) == [3, 0, 1, 2]
    assert order(3, []) == [0, 1, 2]


@pytest.mark.stage(1)
def test_an_edge_that_stands_there_twice_is_one_rule():
    assert order(4, [(3, 1), (2, 1), (3, 1), (1, 0), (1, 0), (1, 0)]) == [2, 3, 1, 0]
    assert order(2, [(1, 0)] * 5) == [1, 0]


@pytest.mark.stage(1)
def test_a_cycle_is_shown():
    circles = [
        (3, [(0, 1), (1, 2), (2, 0)]),
        (2, [(0, 0), (0, 1)]),
        (5, [(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)]),
        (6, [(4, 0), (0, 4), (0, 1), (1, 2), (2, 3), (3, 5), (0, 4)]),
        (4, [(1, 2), (2, 1), (1, 3), (0, 1), (2, 1)]),
    ]
    for n, edges in circles:
        with pytest.raises(CycleFound) as caught:
            order(n, edges)
        assert_cycle(caught.value.args[0], edges)


@pytest.mark.stage(1)
def test_edges_that_end_nowhere_are_refused():
    for n, edges in [(-1, []), (3, [(0, 3)]), (3, [(0, 1), (-1, 2)]), (0, [(0, 1)])]:
        with pytest.raises(ValueError):
            order(n, edges)


@pytest.mark.stage(1)
def test_the_list_of_edges_stays_as_it_was():
    result, (_, after) = checked(order, 3, [(2, 1), (1, 0), (2, 1)])
    assert result == [2, 1, 0]
    assert after == [(2, 1), (1, 0), (2, 1)]


@pytest.mark.stage(2)
def test_layers_of_the_examples():
    assert layers(6, SIX) == [[4, 5], [0, 2], [3], [1]]
    assert layers(4, [(3, 0)]) == [[1, 2, 3], [0]]
    assert layers(2, []) == [[0, 1]]
    assert layers(0, []) == []


@pytest.mark.stage(2)
def test_a_layer_lies_after_the_latest_that_comes_before():
    assert layers(4, [(0, 3), (0, 1), (1, 2), (2, 3)]) == [[0], [1], [2], [3]]
    assert layers(5, [(4, 0), (3, 0), (4, 3), (1, 0), (1, 2)]) == [[1, 4], [2, 3], [0]]
    assert layers(3, [(2, 0), (2, 0), (2, 1)]) == [[2], [0, 1]]


@pytest.mark.stage(2)
def test_a_chain_is_counted_in_vertices():
    assert longest_chain(6, SIX) == 4
    assert longest_chain(4, [(0, 3), (0, 1), (1, 2), (2, 3)]) == 4
    assert longest_chain(4, [(3, 0)]) == 2
    assert longest_chain(2, []) == 1
    assert longest_chain(0, []) == 0


@pytest.mark.stage(2)
def test_what_has_a_cycle_has_no_layers_and_no_longest_chain():
    edges = [(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)]
    for function in (layers, longest_chain):
        with pytest.raises(CycleFound) as caught:
            function(5, edges)
        assert_cycle(caught.value.args[0], edges)
        with pytest.raises(ValueError):
            function(2, [(0, 2)])


@pytest.mark.perf
@pytest.mark.stage(1)
def test_order_of_twenty_thousand_vertices(rng):
    assert order(20_000, knots(20_000, rng)) == list(range(19_999, -1, -1))
    assert order(20_000, [(19_999, 0)]) == [*range(1, 20_000), 0]


@pytest.mark.perf
@pytest.mark.stage(2)
def test_layers_of_ten_thousand_vertices(rng):
    edges = knots(10_000, rng)
    assert layers(10_000, edges) == [[x] for x in range(9_999, -1, -1)]
    upwards = [(9_999 - a, 9_999 - b) for a, b in edges]
    assert longest_chain(10_000, upwards) == 10_000
