"""What mst_prim must do: grow by a lightest edge, refuse what cannot be grown, and at size."""

import pytest

from graders.kit import Raised, call_many, checked
from mst_prim import Disconnected, grow_tree

SEVEN = [
    (0, 1, 7), (0, 3, 5), (1, 2, 8), (1, 3, 9), (1, 4, 7), (2, 4, 5),
    (3, 4, 15), (3, 5, 6), (4, 5, 8), (4, 6, 9), (5, 6, 11),
]  # fmt: skip


def check_growth(n, edges, start):
    """Check every step: the edge joins tree and rest, and no edge that does so is lighter."""
    total, joined = grow_tree(n, edges, start)
    tree, weights = {start}, []
    for parent, child in joined:
        assert parent in tree and child not in tree, f"{(parent, child)} does not leave {tree}"
        leaving = [(w, {a, b}) for a, b, w in edges if (a in tree) != (b in tree)]
        weights.append(min(w for w, ends in leaving if ends == {parent, child}))
        lightest = min(leaving, key=lambda edge: edge[0])
        assert weights[-1] == lightest[0], f"{(parent, child)} leaves {tree}, but see {lightest}"
        tree.add(child)
    assert len(tree) == n
    assert total == sum(weights)


def test_trees_of_the_examples():
    assert grow_tree(4, [(0, 1, 5), (1, 2, 1), (0, 2, 3), (3, 2, 4)], 0) == (
        8,
        [(0, 2), (2, 1), (2, 3)],
    )
    assert grow_tree(4, [(0, 1, 5), (1, 2, 1), (0, 2, 3), (3, 2, 4)], 3) == (
        8,
        [(3, 2), (2, 1), (2, 0)],
    )
    assert grow_tree(1, [], 0) == (0, [])
    assert grow_tree(2, [(1, 0, -3)], 0) == (-3, [(0, 1)])


def test_seven_vertices_from_every_start():
    assert grow_tree(7, SEVEN, 6) == (39, [(6, 4), (4, 2), (4, 1), (1, 0), (0, 3), (3, 5)])
    for start in range(7):
        assert grow_tree(7, SEVEN, start)[0] == 39
        check_growth(7, SEVEN, start)


def test_one_edge_counts_not_the_way_from_the_start():
    assert grow_tree(3, [(0, 1, 4), (1, 2, 3), (0, 2, 5)], 0) == (7, [(0, 1), (1, 2)])
    path = [(0, 1, 9), (1, 2, 8), (2, 3, 7), (0, 2, 10), (0, 3, 11)]
    assert grow_tree(4, path, 0) == (24, [(0, 1), (1, 2), (2, 3)])


def test_a_vertex_joins_once_by_the_lightest_edge():
    edges = [(0, 1, 5), (0, 2, 1), (2, 1, 2), (1, 3, 3), (2, 3, 9), (0, 3, 8)]
    assert grow_tree(4, edges, 0) == (6, [(0, 2), (2, 1), (1, 3)])
    heavier_later = [(0, 1, 2), (0, 2, 1), (2, 1, 7), (1, 3, 4), (3, 2, 6)]
    assert grow_tree(4, heavier_later, 0) == (7, [(0, 2), (0, 1), (1, 3)])


def test_parallel_edges_loops_and_negative_weights():
    assert grow_tree(2, [(0, 1, 4), (1, 0, 2), (0, 1, 3), (0, 0, -9)], 1) == (2, [(1, 0)])
    negative = [(0, 1, -1), (1, 2, -5), (2, 0, -3), (2, 2, -8), (2, 3, 0)]
    assert grow_tree(4, negative, 0) == (-8, [(0, 2), (2, 1), (2, 3)])


def test_equal_weights_leave_a_choice():
    check_growth(4, [(a, b, 1) for a in range(4) for b in range(a)], 2)
    check_growth(5, [(0, 1, 2), (0, 2, 2), (1, 3, 2), (2, 3, 1), (3, 4, 2), (4, 0, 2)], 0)


def test_what_cannot_be_reached_is_reported():
    for n, edges, start in [(2, [], 0), (4, [(0, 1, 1), (2, 3, 1)], 3), (3, [(0, 1, 1)] * 5, 1)]:
        with pytest.raises(Disconnected):
            grow_tree(n, edges, start)


def test_what_is_no_vertex_is_no_disconnection():
    cases = [(3, [(0, 1, 1), (1, 2, 1)], 3), (3, [(0, 1, 1), (1, 2, 1)], -1), (0, [], 0),
             (3, [(0, 1, 1)], 7), (3, [(0, 1, 1), (1, 3, 1)], 0), (3, [(-1, 1, 1)], 0),
             (-1, [], 0)]  # fmt: skip
    for case, got in zip(cases, call_many(grow_tree, cases, errors="keep"), strict=True):
        assert isinstance(got, Raised) and got.name == "ValueError", f"{case} gave {got}"


def test_the_list_of_edges_stays_as_it_was():
    edges = [(0, 1, 3), (1, 2, 1), (2, 0, 2)]
    result, (_, after, _) = checked(grow_tree, 3, edges, 0)
    assert result == (3, [(0, 2), (2, 1)])
    assert after == [(0, 1, 3), (1, 2, 1), (2, 0, 2)]


@pytest.mark.perf
def test_ten_thousand_vertices_and_thirty_thousand_edges(rng):
    n = 10_000
    names = rng.sample(range(n), n)
    parents = [names[rng.randrange(step)] for step in range(1, n)]
    edges = [(parents[step - 1], names[step], step) for step in range(1, n)]
    edges += [(rng.randrange(n), rng.randrange(n), rng.randint(n, 10**6)) for _ in range(20_001)]
    rng.shuffle(edges)
    total, joined = grow_tree(n, edges, names[0])
    assert total == n * (n - 1) // 2
    assert joined == list(zip(parents, names[1:], strict=True))


@pytest.mark.perf
def test_a_path_and_a_star_of_ten_thousand():
    path = [(x, x + 1, 10_000 - x) for x in range(9_999)]
    assert grow_tree(10_000, path, 0)[1] == [(x, x + 1) for x in range(9_999)]
    star = [(x, 0, 10_000 - x) for x in range(1, 10_000)]
    assert grow_tree(10_000, star, 0)[1] == [(0, x) for x in range(9_999, 0, -1)]
