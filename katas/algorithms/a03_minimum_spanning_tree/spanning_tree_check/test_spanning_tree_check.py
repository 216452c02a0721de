"""What spanning_tree_check must do: count, connection, and the two together at size."""

import pytest

from graders.kit import call_many, checked
from spanning_tree_check import is_spanning_tree


def test_trees_of_the_examples():
    assert is_spanning_tree(4, [(0, 1), (2, 1), (1, 3)]) is True
    assert is_spanning_tree(4, [(3, 2), (2, 1), (1, 0)]) is True
    assert is_spanning_tree(2, [(1, 0)]) is True
    assert is_spanning_tree(1, []) is True


def test_one_edge_too_many_closes_a_cycle():
    assert is_spanning_tree(3, [(0, 1), (1, 2), (2, 0)]) is False
    assert is_spanning_tree(2, [(0, 1), (0, 1)]) is False
    assert is_spanning_tree(1, [(0, 0)]) is False


def test_one_edge_too_few_leaves_a_vertex_out():
    assert is_spanning_tree(4, [(0, 1), (2, 3)]) is False
    assert is_spanning_tree(2, []) is False
    assert is_spanning_tree(3, [(0, 1)]) is False


def test_the_right_number_of_edges_is_not_enough():
    assert is_spanning_tree(4, [(0, 1), (1, 2), (2, 0)]) is False
    assert is_spanning_tree(5, [(0, 1), (2, 3), (3, 4), (4, 2)]) is False
    assert is_spanning_tree(3, [(1, 2), (2, 1)]) is False
    assert is_spanning_tree(3, [(0, 1), (2, 2)]) is False


def test_edges_lead_both_ways_and_stay_as_they_were():
    star = [(1, 0), (2, 0), (0, 3), (4, 3)]
    assert checked(is_spanning_tree, 5, star) == (True, (5, [(1, 0), (2, 0), (0, 3), (4, 3)]))
    paths = [(4, [(a, b), (b, c), (c, d)]) for a, b, c, d in ((0, 1, 2, 3), (2, 0, 3, 1))]
    assert call_many(is_spanning_tree, paths) == [True, True]


@pytest.mark.perf
def test_a_path_of_twenty_thousand_vertices():
    path = [(x, x + 1) for x in range(19_999)]
    assert is_spanning_tree(20_000, path) is True
    assert is_spanning_tree(20_000, path[:-1]) is False
    assert is_spanning_tree(20_000, [*path[:-1], (0, 9_999)]) is False


@pytest.mark.perf
def test_a_tree_of_twenty_thousand_vertices_grown_at_random(rng):
    names = rng.sample(range(20_000), 20_000)
    edges = [(names[x], names[rng.randrange(x)]) for x in range(1, 20_000)]
    rng.shuffle(edges)
    assert is_spanning_tree(20_000, edges) is True
