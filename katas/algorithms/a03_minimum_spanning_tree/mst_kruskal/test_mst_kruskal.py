"""What mst_kruskal must do: the forest of a list of edges, then of edges as they come."""

import pytest

from graders.kit import checked, stream, take
from mst_kruskal import forest_of_sorted, minimum_forest

SEVEN = [
    (0, 1, 7), (0, 3, 5), (1, 2, 8), (1, 3, 9), (1, 4, 7), (2, 4, 5),
    (3, 4, 15), (3, 5, 6), (4, 5, 8), (4, 6, 9), (5, 6, 11),
]  # fmt: skip


def chain(n, rng):
    """Return the edges of a path of n vertices, and as many more of greater weight."""
    path = [(x, x + 1, rng.randint(1, 10**6)) for x in range(n - 1)]
    return path + [(rng.randrange(n), rng.randrange(n), 10**7) for _ in range(n)]


@pytest.mark.stage(1)
def test_forests_of_the_examples():
    assert minimum_forest(7, SEVEN) == (39, [1, 5, 7, 0, 4, 9])
    assert minimum_forest(4, [(0, 1, 3), (2, 3, 1), (1, 0, 2)]) == (3, [1, 2])
    assert minimum_forest(4, [(0, 1, -4), (1, 2, -4), (2, 0, -4)]) == (-8, [0, 1])


@pytest.mark.stage(1)
def test_of_equal_weights_the_smaller_position_is_taken():
    assert minimum_forest(3, [(2, 1, 5), (0, 2, 5), (0, 1, 5)]) == (10, [0, 1])
    assert minimum_forest(2, [(1, 0, 4), (0, 1, 4)]) == (4, [0])
    assert minimum_forest(4, [(3, 2, 1), (1, 2, 2), (0, 2, 1), (0, 1, 2)]) == (4, [0, 2, 1])


@pytest.mark.stage(1)
def test_an_edge_that_closes_a_cycle_is_passed_over():
    light_triangle = [(0, 1, 1), (1, 2, 1), (0, 2, 1), (2, 3, 9)]
    assert minimum_forest(4, light_triangle) == (11, [0, 1, 3])
    negative_cycle = [(0, 1, -5), (1, 2, -5), (2, 3, -5), (3, 0, -5), (0, 2, -1)]
    assert minimum_forest(5, negative_cycle) == (-15, [0, 1, 2])
    assert minimum_forest(2, [(0, 0, -9), (1, 1, 0), (0, 1, 3)]) == (3, [2])


@pytest.mark.stage(1)
def test_two_trees_may_be_joined_by_a_later_edge():
    assert minimum_forest(4, [(0, 1, 1), (2, 3, 2), (1, 2, 3)]) == (6, [0, 1, 2])
    assert minimum_forest(6, [(4, 5, 1), (0, 1, 1), (2, 3, 1), (1, 3, 8), (5, 0, 7)]) == (
        18,
        [0, 1, 2, 4, 3],
    )


@pytest.mark.stage(1)
def test_what_is_not_connected_stays_apart():
    assert minimum_forest(5, [(3, 1, 4), (0, 2, 6)]) == (10, [0, 1])
    assert minimum_forest(3, []) == (0, [])
    assert minimum_forest(1, [(0, 0, -1)]) == (0, [])
    assert minimum_forest(0, []) == (0, [])


@pytest.mark.stage(1)
def test_edges_that_end_nowhere_are_refused():
    for n, edges in [(-1, []), (3, [(0, 3, 1)]), (3, [(0, 1, 1), (-1, 2, 1)]), (0, [(0, 0, 1)])]:
        with pytest.raises(ValueError):
            minimum_forest(n, edges)
    with pytest.raises(ValueError):
        minimum_forest(2, [(0, 1, 1), (0, 2, 9)])


@pytest.mark.stage(1)
def test_the_list_of_edges_stays_as_it_was():
    edges = [(0, 1, 3), (1, 2, 1), (2, 0, 2)]
    result, (_, after) = checked(minimum_forest, 3, edges)
    assert result == (3, [1, 2])
    assert after == [(0, 1, 3), (1, 2, 1), (2, 0, 2)]


@pytest.mark.stage(2)
def test_sorted_edges_are_taken_like_those_of_a_list():
    rising = sorted(SEVEN, key=lambda edge: edge[2])
    assert take(forest_of_sorted(7, stream(rising)), 9) == [0, 1, 2, 3, 4, 8]
    assert take(forest_of_sorted(5, stream([(3, 1, -4), (1, 3, -4), (0, 2, 6)])), 9) == [0, 2]
    assert take(forest_of_sorted(3, stream([])), 9) == []
    assert take(forest_of_sorted(1, stream([(0, 0, 1)])), 9) == []


@pytest.mark.stage(2)
def test_an_edge_is_known_as_soon_as_it_is_read():
    rising = stream([(0, 1, 1), (1, 0, 2), (1, 2, 3), (0, 2, 3), (2, 1, 4), (3, 4, 5), (4, 0, 6)])
    taken = forest_of_sorted(6, rising)
    for position in (0, 2, 5, 6):
        assert take(taken, 1) == [position]
        assert rising.reads == position + 1, f"read {rising.reads} edges for position {position}"
    assert take(taken, 1) == []


@pytest.mark.stage(2)
def test_nothing_is_read_once_all_are_connected():
    rising = stream([(0, 1, 1), (1, 2, 1), *[(0, 2, 5)] * 50])
    assert take(forest_of_sorted(3, rising), 9) == [0, 1]
    assert rising.reads == 2
    unread = stream([(0, 0, 1)] * 5)
    assert take(forest_of_sorted(1, unread), 9) == []
    assert unread.reads == 0


@pytest.mark.perf
@pytest.mark.stage(1)
def test_the_forest_of_a_long_chain(rng):
    edges = chain(19_999, rng)
    total, taken = minimum_forest(20_000, edges)  # one vertex has no edge: all are looked at
    assert total == sum(weight for _, _, weight in edges[:19_998])
    assert taken == sorted(range(19_998), key=lambda at: edges[at][2])


@pytest.mark.perf
@pytest.mark.stage(1)
def test_edges_that_come_in_the_order_of_the_chain():
    ahead = [(x, x + 1, 1) for x in range(15_000)] + [(0, 15_000, 2)] * 15_000
    assert minimum_forest(15_002, ahead) == (15_000, list(range(15_000)))
    grown = [(0, x, 1) for x in range(1, 15_001)] + [(15_000, 0, 2)] * 15_000
    assert minimum_forest(15_002, grown) == (15_000, list(range(15_000)))
