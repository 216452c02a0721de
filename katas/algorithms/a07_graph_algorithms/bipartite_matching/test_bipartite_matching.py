"""What bipartite_matching must do: matchings, covers, and sets with too few neighbours."""

import pytest

from bipartite_matching import hall_violator, max_matching, min_vertex_cover
from graders.kit import checked

THREE = [(0, 0), (0, 1), (1, 0), (2, 0)]
SWAPS = [(0, 0), (0, 1), (1, 0), (1, 2), (2, 1), (3, 2), (3, 3)]


def assert_matching(pairs, edges, size):
    """Fail unless `pairs` are edges that share no vertex, as many as `size`."""
    known = {tuple(edge) for edge in edges}
    for pair in pairs:
        assert tuple(pair) in known, f"there is no edge {pair}"
    assert len({a for a, _ in pairs}) == len(pairs), "a left vertex is matched twice"
    assert len({b for _, b in pairs}) == len(pairs), "a right vertex is matched twice"
    assert len(pairs) == size, f"{len(pairs)} pairs, {size} are possible"


def assert_cover(cover, edges, size):
    """Fail unless every edge ends at a vertex of `cover`, and these are as many as `size`."""
    lefts, rights = cover
    for side in (lefts, rights):
        assert list(side) == sorted(set(side)), f"{side} is not ascending, each once"
    in_left, in_right = set(lefts), set(rights)
    for a, b in edges:
        assert a in in_left or b in in_right, f"edge {(a, b)} is not covered"
    assert len(lefts) + len(rights) == size, f"{cover} are not {size} vertices"


def assert_violator(some, left, edges):
    """Fail unless `some` are left vertices with too few neighbours."""
    assert some is not None, "not everybody can be matched"
    assert list(some) == sorted(set(some)), f"{some} is not ascending, each once"
    assert all(0 <= a < left for a in some), "no left vertex"
    members = set(some)
    near = {b for a, b in edges if a in members}
    assert len(near) < len(some), f"{len(some)} vertices with {len(near)} neighbours"


def ladder(n):
    """Return edges that make every choice but the last one fall back on the one before."""
    return [(x, y) for x in range(n) for y in (x - 1, x) if y >= 0]


def crowd(left, right, rng):
    """Return edges of `left` vertices to eight of `right` each."""
    return [(x, y) for x in range(left) for y in rng.sample(range(right), 8)]


@pytest.mark.stage(1)
def test_matchings_of_the_examples():
    assert_matching(max_matching(3, 3, THREE), THREE, 2)
    assert_matching(max_matching(4, 4, SWAPS), SWAPS, 4)
    assert max_matching(2, 2, [(1, 0)]) == [(1, 0)]
    assert max_matching(0, 3, []) == []


@pytest.mark.stage(1)
def test_a_choice_may_have_to_be_taken_back():
    for edges, size in [
        ([(0, 0), (0, 1), (1, 0)], 2),
        ([(0, 0), (0, 1), (1, 1), (1, 2), (2, 0)], 3),
        ([(0, 2), (0, 1), (1, 2), (2, 1), (2, 0)], 3),
        ([(0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)], 3),
    ]:
        assert_matching(max_matching(3, 3, edges), edges, size)


@pytest.mark.stage(1)
def test_a_failed_search_says_nothing_for_the_next_one():
    edges = [(0, 0), (1, 0), (2, 0), (2, 1), (3, 1), (3, 2)]
    assert_matching(max_matching(4, 3, edges), edges, 3)
    edges = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (3, 1), (3, 2), (4, 2), (4, 3)]
    assert_matching(max_matching(5, 4, edges), edges, 4)


@pytest.mark.stage(1)
def test_everybody_wants_the_same():
    edges = [(x, 0) for x in range(5)]
    assert_matching(max_matching(5, 1, edges), edges, 1)
    edges = [(0, x) for x in range(5)]
    assert_matching(max_matching(1, 5, edges), edges, 1)


@pytest.mark.stage(1)
def test_edges_twice_and_vertices_without_any():
    edges = [(1, 3), (1, 3), (4, 0), (1, 3), (4, 3)]
    assert_matching(max_matching(6, 5, edges), edges, 2)
    assert max_matching(3, 2, []) == []
    assert max_matching(0, 0, []) == []


@pytest.mark.stage(1)
def test_edges_that_end_nowhere_are_refused():
    for left, right, edges in [
        (2, 3, [(2, 0)]), (2, 3, [(0, 3)]), (2, 3, [(-1, 0)]), (2, 3, [(0, -1)]),
        (-1, 2, []), (2, -1, []), (0, 0, [(0, 0)]),
    ]:  # fmt: skip
        for function in (max_matching, min_vertex_cover, hall_violator):
            with pytest.raises(ValueError):
                function(left, right, edges)


@pytest.mark.stage(1)
def test_the_list_of_edges_stays_as_it_was():
    edges = [(1, 0), (0, 1), (0, 0), (1, 0)]
    result, (_, _, after) = checked(max_matching, 2, 2, edges)
    assert_matching(result, edges, 2)
    assert after == [(1, 0), (0, 1), (0, 0), (1, 0)]


@pytest.mark.stage(2)
def test_covers_of_the_examples():
    assert_cover(min_vertex_cover(3, 3, THREE), THREE, 2)
    assert_cover(min_vertex_cover(4, 4, SWAPS), SWAPS, 4)
    assert min_vertex_cover(3, 3, []) == ([], [])
    assert min_vertex_cover(5, 2, [(x, 1) for x in range(5)]) == ([], [1])
    assert min_vertex_cover(2, 5, [(1, x) for x in range(5)]) == ([1], [])


@pytest.mark.stage(2)
def test_a_cover_may_take_from_both_sides():
    star = [(0, x) for x in range(4)] + [(x, 0) for x in range(4)]
    assert min_vertex_cover(4, 4, star) == ([0], [0])
    edges = [(0, 0), (0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (2, 3), (3, 1)]
    assert_cover(min_vertex_cover(4, 4, edges), edges, 3)


@pytest.mark.stage(3)
def test_violators_of_the_examples():
    assert_violator(hall_violator(3, 3, THREE), 3, THREE)
    assert hall_violator(4, 4, SWAPS) is None
    assert hall_violator(2, 0, []) in ([0], [1], [0, 1])
    assert hall_violator(0, 3, []) is None
    assert hall_violator(1, 4, [(0, 2)]) is None


@pytest.mark.stage(3)
def test_too_few_neighbours_in_spite_of_room_on_the_right():
    edges = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1), (2, 0), (3, 5), (3, 6), (4, 7)]
    assert_violator(hall_violator(5, 9, edges), 5, edges)
    edges = [(0, 3), (1, 3), (2, 0), (2, 1), (2, 2)]
    assert_violator(hall_violator(3, 4, edges), 3, edges)


@pytest.mark.perf
@pytest.mark.stage(1)
def test_matching_of_a_ladder_and_of_a_crowd(rng):
    edges = ladder(6_000)
    assert_matching(max_matching(6_000, 6_000, edges), edges, 6_000)
    edges = crowd(4_000, 2_000, rng)
    got = max_matching(4_000, 4_000, edges)
    assert_matching(got, edges, len(got))
    assert 1_990 <= len(got) <= 2_000


@pytest.mark.perf
@pytest.mark.stage(1)
def test_one_exchange_through_all_vertices():
    n = 5_000
    edges = [(x, y) for x in range(n) for y in (x, x + 1)] + [(n, 0)]
    assert_matching(max_matching(n + 1, n + 1, edges), edges, n + 1)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_cover_of_a_crowd(rng):
    edges = crowd(4_000, 1_000, rng)
    lefts, rights = min_vertex_cover(4_000, 4_000, edges)
    assert_cover((lefts, rights), edges, len({b for _, b in edges}))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_violator_in_a_crowd(rng):
    edges = crowd(4_000, 2_000, rng)
    assert_violator(hall_violator(4_000, 4_000, edges), 4_000, edges)
