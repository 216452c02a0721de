"""What breadth_first_search must do: distances, a shortest way, the nearest of several exits."""

from itertools import pairwise

import pytest

from breadth_first_search import fewest_steps, hops, nearest_exit
from graders.kit import checked

SIX = [[1, 2], [3], [3], [4], [1], [0]]
ROOM = ["E.#", "..#", "#.."]


def assert_way(adj, s, t, edges):
    """Fail unless fewest_steps finds a way from s to t that has this many edges."""
    way = fewest_steps(adj, s, t)
    call = f"fewest_steps(…, {s}, {t}) returned {str(way)[:200]}"
    assert way, f"{call}, but there is a way"
    assert (way[0], way[-1]) == (s, t), f"{call}: that does not lead from {s} to {t}"
    for a, b in pairwise(way):
        assert b in adj[a], f"{call}: there is no edge from {a} to {b}"
    assert len(way) - 1 == edges, f"{call}: {len(way) - 1} edges, {edges} are enough"


def ladder(layers):
    """Return layers of two vertices each, with edges from both to both of the next layer."""
    n = 2 * layers
    return [[x for x in (v - v % 2 + 2, v - v % 2 + 3) if x < n] for v in range(n)]


@pytest.mark.stage(1)
def test_hops_of_the_examples():
    assert hops(SIX, 0) == [0, 1, 1, 2, 3, -1]
    assert hops(SIX, 5) == [1, 2, 2, 3, 4, 0]
    assert hops(SIX, 4) == [-1, 1, -1, 2, 0, -1]
    assert hops([[]], 0) == [0]


@pytest.mark.stage(1)
def test_an_edge_leads_one_way_and_may_be_there_twice():
    assert hops([[], [0], [1]], 1) == [1, 0, -1]
    assert hops([[0, 1, 1], [1, 0, 2, 2], [0, 0]], 0) == [0, 1, 2]
    result, (after, _) = checked(hops, [[2, 1, 2], [], [0, 2]], 2)
    assert result == [1, 2, 0]
    assert after == [[2, 1, 2], [], [0, 2]]


@pytest.mark.stage(1)
def test_the_fewest_edges_count_and_not_the_first_way():
    assert hops([[1, 2], [2], [3], []], 0) == [0, 1, 1, 2]
    assert hops([[1, 2], [4], [3], [4], []], 0) == [0, 1, 1, 2, 2]
    assert hops([[2, 1], [4], [3], [4], []], 0) == [0, 1, 1, 2, 2]


@pytest.mark.stage(1)
def test_a_ladder_of_sixty_layers_has_many_ways():
    assert hops(ladder(60), 0) == [0, -1, *(v // 2 for v in range(2, 120))]


@pytest.mark.stage(1)
def test_what_is_no_vertex_has_no_hops():
    for adj, start in [([], 0), ([[]], 1), ([[], []], -1), ([[], [2]], 0), ([[-1], []], 0)]:
        with pytest.raises(ValueError):
            hops(adj, start)


@pytest.mark.stage(2)
def test_a_way_with_the_fewest_edges_is_found():
    assert_way(SIX, 0, 4, 3)
    assert_way(SIX, 5, 3, 3)
    assert_way([[1, 2], [2], [3, 4], [4], []], 0, 4, 2)
    assert_way([[0, 1], [1, 2, 3], [3], [0]], 0, 3, 2)
    assert_way(ladder(60), 1, 118, 59)
    assert fewest_steps(SIX, 2, 2) == [2]
    assert fewest_steps([[0, 1], [0]], 0, 0) == [0]


@pytest.mark.stage(2)
def test_no_way_is_none_and_what_is_no_vertex_is_refused():
    assert fewest_steps(SIX, 4, 0) is None
    assert fewest_steps([[], []], 0, 1) is None
    for case in [([], 0, 0), ([[]], 0, 1), ([[]], -1, 0), ([[], []], 1, -1), ([[], [7]], 0, 0)]:
        with pytest.raises(ValueError):
            fewest_steps(*case)


@pytest.mark.stage(3)
def test_steps_to_the_exit_of_the_example():
    assert nearest_exit(ROOM) == [[0, 1, -1], [1, 2, -1], [-1, 3, 4]]
    assert nearest_exit(["E..", ".#.", "..."]) == [[0, 1, 2], [1, -1, 3], [2, 3, 4]]


@pytest.mark.stage(3)
def test_the_nearest_of_several_exits_counts():
    assert nearest_exit(["E....E"]) == [[0, 1, 2, 2, 1, 0]]
    assert nearest_exit(["E", ".", ".", "E", "E"]) == [[0], [1], [1], [0], [0]]
    assert nearest_exit(["#E#.", ".#.E"]) == [[-1, 0, -1, 1], [-1, -1, 1, 0]]
    assert nearest_exit(["..", "#."]) == [[-1, -1], [-1, -1]]


@pytest.mark.stage(3)
def test_no_step_leads_through_a_corner_or_over_the_rim():
    assert nearest_exit(["E#", "#."]) == [[0, -1], [-1, -1]]
    assert nearest_exit(["E...#."]) == [[0, 1, 2, 3, -1, -1]]
    assert nearest_exit(["E", "#", "."]) == [[0], [-1], [-1]]
    assert nearest_exit(["....", "...E"]) == [[4, 3, 2, 1], [3, 2, 1, 0]]


@pytest.mark.stage(3)
def test_rows_have_one_length_and_there_may_be_none():
    assert nearest_exit([]) == []
    assert nearest_exit(["", ""]) == [[], []]
    for grid in (["E.", "."], [".", "E."], ["..", "E.", "..#"], ["", "."]):
        with pytest.raises(ValueError):
            nearest_exit(grid)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_a_star_and_a_chain():
    star = [list(range(1, 150_000)), *([] for _ in range(149_999))]
    assert hops(star, 0) == [0] + [1] * 149_999
    chain = [[v + 1] for v in range(19_999)] + [[]]
    assert hops(chain, 0) == list(range(20_000))


@pytest.mark.perf
@pytest.mark.stage(2)
def test_a_long_way_with_names_in_any_order(rng):
    names = rng.sample(range(40_000), 40_000)
    adj = [[] for _ in names]
    for a, b in pairwise(names):
        adj[a].append(b)
        adj[b].append(a)
    assert fewest_steps(adj, names[0], names[-1]) == names, "there is but one way"


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_field_with_one_exit():
    field = ["E" + "." * 149] + ["." * 150] * 149
    assert nearest_exit(field) == [[y + x for x in range(150)] for y in range(150)]
