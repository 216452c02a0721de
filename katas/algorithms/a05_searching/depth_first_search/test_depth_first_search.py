"""What depth_first_search must do: two times, four kinds of arcs, a cycle, and deep graphs."""

import pytest

from depth_first_search import dfs_times, edge_kinds, find_cycle
from graders.kit import checked

FIVE = [[1, 2], [2], [0, 3], [], [3]]


def assert_cycle(cycle, adj):
    """Fail unless `cycle` lists the vertices of a cycle along the arcs, each once."""
    assert cycle, f"{cycle} is no cycle, and there is one"
    assert len(set(cycle)) == len(cycle), f"a vertex comes twice in {cycle[:20]}"
    for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True):
        assert b in adj[a], f"there is no arc from {a} to {b}, as the cycle {cycle[:20]} says"


def path_with_arcs(n, rng):
    """Return a path from 0 to n - 1; every second vertex has another arc behind that one."""
    adj = [[x + 1] for x in range(n - 1)] + [[]]
    for x in range(1, n, 2):
        adj[x].append(min(max(x + rng.randint(-999, 999), 0), n - 1))
    return adj


def kinds_on_path(adj):
    """Return what edge_kinds says of such a path: down along it, then the other arcs, upwards."""
    other = [(x, adj[x][-1]) for x in range(1, len(adj), 2)]
    kinds = [(x, then, "forward" if then > x else "back") for x, then in other]
    return [(x, x + 1, "tree") for x in range(len(adj) - 1)] + kinds[::-1]


@pytest.mark.stage(1)
def test_times_of_the_examples():
    assert dfs_times(FIVE) == ([0, 1, 2, 3, 8], [7, 6, 5, 4, 9])
    assert dfs_times([[2, 1], [], [1]]) == ([0, 2, 1], [5, 3, 4])
    assert dfs_times([[], []]) == ([0, 2], [1, 3])
    assert dfs_times([]) == ([], [])


@pytest.mark.stage(1)
def test_an_arc_to_a_new_vertex_is_followed_at_once():
    assert dfs_times([[1, 2], [2], []]) == ([0, 1, 2], [5, 4, 3])
    assert dfs_times([[1, 3], [2], [3], []]) == ([0, 1, 2, 3], [7, 6, 5, 4])
    assert dfs_times([[3, 1, 2], [], [1], [2]]) == ([0, 3, 2, 1], [7, 4, 5, 6])


@pytest.mark.stage(1)
def test_one_clock_runs_through_all_searches():
    assert dfs_times([[], [0], [1, 3], []]) == ([0, 2, 4, 5], [1, 3, 7, 6])
    assert dfs_times([[], [], [0, 1]]) == ([0, 2, 4], [1, 3, 5])


@pytest.mark.stage(1)
def test_loops_and_repeated_arcs_take_no_time():
    assert dfs_times([[0, 1, 1, 0], [1]]) == ([0, 1], [3, 2])


@pytest.mark.stage(1)
def test_the_lists_stay_as_they_were():
    adj = [[2, 1, 1], [0], [2]]
    result, (after,) = checked(dfs_times, adj)
    assert result == ([0, 3, 1], [5, 4, 2])
    assert after == [[2, 1, 1], [0], [2]]


@pytest.mark.stage(2)
def test_kinds_of_the_examples():
    assert edge_kinds(FIVE) == [
        (0, 1, "tree"),
        (1, 2, "tree"),
        (2, 0, "back"),
        (2, 3, "tree"),
        (0, 2, "forward"),
        (4, 3, "cross"),
    ]
    assert edge_kinds([[0, 1, 1], []]) == [(0, 0, "back"), (0, 1, "tree"), (0, 1, "forward")]
    assert edge_kinds([[], []]) == []


@pytest.mark.stage(2)
def test_arcs_come_in_the_order_in_which_they_are_looked_at():
    assert edge_kinds([[2, 1], [0, 2], []]) == [
        (0, 2, "tree"),
        (0, 1, "tree"),
        (1, 0, "back"),
        (1, 2, "cross"),
    ]
    assert edge_kinds([[0, 1, 1], [1, 0, 0]]) == [
        (0, 0, "back"),
        (0, 1, "tree"),
        (1, 1, "back"),
        (1, 0, "back"),
        (1, 0, "back"),
        (0, 1, "forward"),
    ]


@pytest.mark.stage(2)
def test_forward_leads_down_and_cross_leads_aside():
    assert edge_kinds([[1, 2, 3], [2], [3], [1]])[3:] == [
        (3, 1, "back"),
        (0, 2, "forward"),
        (0, 3, "forward"),
    ]
    assert edge_kinds([[1, 2], [3], [3, 1], []])[2:] == [
        (0, 2, "tree"),
        (2, 3, "cross"),
        (2, 1, "cross"),
    ]


@pytest.mark.stage(3)
def test_a_cycle_is_shown_without_the_way_that_leads_there():
    circles = [
        [[1], [2], [3], [1]],
        [[1], [1]],
        FIVE,
        [[1], [0]],
        [[1, 2], [2], [], [4, 0], [5], [0, 3, 4]],
        [[], [0], [1, 4], [2, 0], [3, 1]],
    ]
    for adj in circles:
        assert_cycle(find_cycle(adj), adj)


@pytest.mark.stage(3)
def test_two_ways_to_a_vertex_are_no_cycle():
    for adj in [[], [[], []], [[1, 2], [2], []], [[1, 1], []], [[1, 2], [3], [3], []], [[], [0]]]:
        assert find_cycle(adj) is None


@pytest.mark.stage(3)
def test_forty_forks_one_after_the_other_have_no_cycle():
    forks = [arcs for x in range(0, 120, 3) for arcs in ([x + 1, x + 2], [x + 3], [x + 3])]
    assert find_cycle([*forks, []]) is None


@pytest.mark.stage(4)
def test_a_path_of_three_thousand_vertices(rng):
    adj = path_with_arcs(3_000, rng)
    assert dfs_times(adj) == (list(range(3_000)), list(range(5_999, 2_999, -1)))
    assert edge_kinds(adj) == kinds_on_path(adj)
    ring = [[x + 1] for x in range(2_999)] + [[0]]
    assert_cycle(find_cycle(ring), ring)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_twenty_five_thousand_neighbours_of_one_vertex():
    n = 25_000
    star = [list(range(1, n))] + [[0]] * (n - 1)
    assert dfs_times(star) == ([0, *range(1, 2 * n - 2, 2)], [2 * n - 1, *range(2, 2 * n - 1, 2)])


@pytest.mark.perf
@pytest.mark.stage(4)
def test_a_path_of_a_hundred_thousand_vertices(rng):
    n = 100_000
    adj = path_with_arcs(n, rng)
    assert dfs_times(adj) == (list(range(n)), list(range(2 * n - 1, n - 1, -1)))
