"""Hidden suite of bipartite_matching: small graphs against all choices and all sets."""

from itertools import combinations

import pytest

from bipartite_matching import hall_violator, max_matching, min_vertex_cover
from graders.kit import call_many


def largest(left, edges):
    """Return how many left vertices can be matched, by trying every choice of each."""
    sets = {frozenset()}
    for a in range(left):
        near = {b for c, b in edges if c == a}
        sets |= {taken | {b} for taken in sets for b in near - taken}
    return max(map(len, sets))


def graphs(rng, count):
    """Return small graphs, sparse and dense."""
    found = []
    for _ in range(count):
        left, right = rng.randint(0, 6), rng.randint(0, 6)
        many = rng.randint(0, 2 * (left + right)) if left and right else 0
        found.append(
            (left, right, [(rng.randrange(left), rng.randrange(right)) for _ in range(many)])
        )
    return found


@pytest.mark.stage(1)
def test_matchings_are_as_large_as_any_choice(rng):
    calls = graphs(rng, 150)
    for (left, right, edges), got in zip(calls, call_many(max_matching, calls), strict=True):
        assert all(tuple(pair) in edges for pair in got), "no edge"
        assert len({a for a, _ in got}) == len({b for _, b in got}) == len(got), "twice"
        assert len(got) == largest(left, edges), (left, right, edges)


@pytest.mark.stage(2)
def test_covers_cover_and_are_as_small_as_a_matching(rng):
    calls = graphs(rng, 150)
    for (left, right, edges), got in zip(calls, call_many(min_vertex_cover, calls), strict=True):
        lefts, rights = got
        assert lefts == sorted(set(lefts)) and rights == sorted(set(rights)), "not ascending"
        assert all(a in lefts or b in rights for a, b in edges), (left, right, edges)
        assert len(lefts) + len(rights) == largest(left, edges), (left, right, edges)


@pytest.mark.stage(3)
def test_violators_exist_if_and_only_if_somebody_is_left_over(rng):
    calls = graphs(rng, 150)
    for (left, right, edges), got in zip(calls, call_many(hall_violator, calls), strict=True):
        near = [{b for c, b in edges if c == a} for a in range(left)]
        sets = [s for size in range(1, left + 1) for s in combinations(range(left), size)]
        bad = [list(s) for s in sets if len(set().union(*(near[a] for a in s))) < len(s)]
        assert (got in bad) if bad else (got is None), (left, right, edges)


@pytest.mark.stage(1)
def test_a_hidden_perfect_matching_is_found(rng):
    n = 300
    partner = rng.sample(range(n), n)
    edges = [(x, partner[x]) for x in range(n)]
    edges += [(x, partner[rng.randrange(x + 1)]) for x in range(n) for _ in range(2)]
    rng.shuffle(edges)
    got = max_matching(n, n, edges)
    assert len({a for a, _ in got}) == len({b for _, b in got}) == len(got) == n
    assert set(map(tuple, got)) <= set(edges)
