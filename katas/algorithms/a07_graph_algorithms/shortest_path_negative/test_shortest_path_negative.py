"""What shortest_path_negative must do: distances, cycles as proof, exact exchange rates."""

from fractions import Fraction
from itertools import pairwise

import pytest

from graders.kit import checked
from shortest_path_negative import NegativeCycle, arbitrage, distances, find_negative_cycle

FOUR = [(0, 1, 4), (0, 2, 5), (2, 1, -3), (1, 3, 1)]
BIG = 10**9


def assert_negative(cycle, edges):
    """Fail unless `cycle` lists the vertices of a cycle of negative weight, each once."""
    assert cycle, "a cycle has a vertex"
    assert len(set(cycle)) == len(cycle), f"a vertex comes twice in {cycle}"
    least = {}
    for a, b, weight in edges:
        least[a, b] = min(weight, least.get((a, b), weight))
    steps = list(zip(cycle, cycle[1:] + cycle[:1], strict=True))
    for step in steps:
        assert step in least, f"there is no edge {step}, as the cycle {cycle} says"
    total = sum(least[step] for step in steps)
    assert total < 0, f"the cycle {cycle} has weight {total}"


def assert_profit(cycle, rates):
    """Fail unless `cycle` lists currencies, each once, whose rates multiply to more than 1."""
    assert cycle, "a cycle has a currency"
    assert len(set(cycle)) == len(cycle), f"a currency comes twice in {cycle}"
    product = Fraction(1)
    for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True):
        product *= Fraction(*rates[a][b])
    assert product > 1, f"the rates along {cycle} multiply to {product}"


def quoted(prices):
    """Return the rates between currencies of these prices: no cycle gains or loses."""
    return [[(a, b) for b in prices] for a in prices]


def shifted(n, m, rng):
    """Return n, edges without a negative cycle, about half of them negative, and the heights."""
    height = [rng.randint(-500, 500) for _ in range(n)]
    edges = []
    for _ in range(m):
        a, b = rng.randrange(n), rng.randrange(n)
        edges.append((a, b, rng.randint(0, 200) + height[b] - height[a]))
    return edges, height


@pytest.mark.stage(1)
def test_distances_of_the_examples():
    assert distances(4, FOUR, 0) == [0, 2, 5, 3]
    assert distances(4, FOUR, 2) == [None, -3, 0, -2]
    assert distances(3, [(0, 1, -1), (1, 0, 1), (1, 2, 0)], 0) == [0, -1, -1]
    assert distances(1, [], 0) == [0]


@pytest.mark.stage(1)
def test_a_vertex_may_come_nearer_after_its_followers_were_seen():
    edges = [(0, 1, 2), (0, 2, 3), (1, 3, 1), (2, 1, -5), (3, 4, 1), (0, 4, 9)]
    assert distances(5, edges, 0) == [0, -2, 3, -1, 0]


@pytest.mark.stage(1)
def test_a_way_through_all_vertices_may_need_all_rounds():
    for n in (2, 3, 4, 7):
        backwards = [(x, x + 1, -1) for x in reversed(range(n - 1))]
        assert distances(n, backwards, 0) == [-x for x in range(n)]


@pytest.mark.stage(1)
def test_what_cannot_be_reached_has_no_distance():
    assert distances(4, [(1, 2, -5), (2, 3, -5), (0, 3, 4)], 0) == [0, None, None, 4]
    assert distances(3, [(1, 0, -2), (1, 2, -2)], 0) == [0, None, None]


@pytest.mark.stage(1)
def test_a_cycle_out_of_reach_does_no_harm():
    assert distances(4, [(0, 1, 3), (2, 3, -1), (3, 2, -1), (3, 1, 0)], 0) == [0, 3, None, None]
    assert distances(2, [(1, 1, -1), (1, 0, 2)], 0) == [0, None]


@pytest.mark.stage(1)
def test_a_cycle_in_reach_is_shown():
    tailed = [(0, 1, 1), (1, 2, 1), (2, 3, -4), (3, 4, 1), (4, 2, 2), (4, 5, 9), (5, 6, -7)]
    for n, edges in [
        (7, tailed),
        (2, [(0, 1, 3), (1, 1, -1)]),
        (3, [(0, 1, 5), (1, 2, 1), (2, 1, 4), (2, 1, -2)]),
        (3, [(2, 0, -6), (1, 2, 2), (0, 1, 3)]),
    ]:
        with pytest.raises(NegativeCycle) as caught:
            distances(n, edges, 0)
        assert_negative(caught.value.args[0], edges)


@pytest.mark.stage(1)
def test_what_is_no_vertex_is_refused():
    for n, edges, source in [
        (2, [], 2), (2, [], -1), (0, [], 0), (-1, [], 0), (2, [(0, 2, 1)], 0), (2, [(-1, 0, 1)], 0)
    ]:  # fmt: skip
        with pytest.raises(ValueError):
            distances(n, edges, source)


@pytest.mark.stage(1)
def test_the_list_of_edges_stays_as_it_was():
    edges = [(1, 2, -2), (0, 1, 1)]
    result, (_, after, _) = checked(distances, 3, edges, 0)
    assert result == [0, 1, -1]
    assert after == [(1, 2, -2), (0, 1, 1)]


@pytest.mark.stage(2)
def test_a_cycle_is_found_wherever_it_is():
    for n, edges in [
        (4, [(0, 1, 3), (2, 3, -1), (3, 2, -1), (3, 1, 0)]),
        (3, [(0, 1, 5), (2, 2, -1)]),
        (5, [(0, 1, -9), (1, 2, 1), (2, 3, 1), (3, 1, -3), (3, 4, -5)]),
        (4, [(3, 1, 2), (1, 2, -1), (2, 3, -2), (1, 0, -4)]),
    ]:
        assert_negative(find_negative_cycle(n, edges), edges)


@pytest.mark.stage(2)
def test_a_cycle_of_weight_zero_is_not_negative():
    assert find_negative_cycle(3, [(0, 1, 2), (1, 2, -3), (2, 0, 1)]) is None
    assert find_negative_cycle(2, [(0, 0, 0), (1, 0, -7)]) is None
    assert find_negative_cycle(4, FOUR) is None
    assert find_negative_cycle(0, []) is None
    assert find_negative_cycle(5, [(x, x + 1, -1) for x in reversed(range(4))]) is None
    for n, edges in [(-1, []), (2, [(0, 2, 1)]), (2, [(-1, 0, 1)])]:
        with pytest.raises(ValueError):
            find_negative_cycle(n, edges)


@pytest.mark.stage(2)
def test_a_cycle_among_two_hundred_vertices(rng):
    edges, height = shifted(200, 1_000, rng)
    ring = rng.sample(range(200), 150)
    edges += [(a, b, height[b] - height[a]) for a, b in pairwise(ring)]
    edges.append((ring[-1], ring[0], height[ring[0]] - height[ring[-1]] - 1))
    rng.shuffle(edges)
    assert_negative(find_negative_cycle(200, edges), edges)


@pytest.mark.stage(3)
def test_arbitrage_of_the_examples():
    rates = [[(1, 1), (9, 10), (2, 1)], [(1, 1), (1, 1), (11, 5)], [(1, 2), (2, 5), (1, 1)]]
    assert arbitrage(rates) is None
    rates[1][2] = (12, 5)
    assert_profit(arbitrage(rates), rates)
    assert arbitrage([[(1, 1)]]) is None
    assert arbitrage([]) is None


@pytest.mark.stage(3)
def test_a_product_of_exactly_one_is_no_profit():
    assert arbitrage(quoted([3, 7, 10, 49, 77, 1_000_003])) is None
    assert arbitrage(quoted([BIG, BIG - 1, BIG - 6, 3])) is None
    assert arbitrage([[(1, 1), (BIG + 1, BIG)], [(BIG - 1, BIG), (1, 1)]]) is None


@pytest.mark.stage(3)
def test_the_smallest_profit_is_one():
    rates = [[(1, 1), (BIG, BIG + 1)], [(BIG, BIG - 1), (1, 1)]]
    assert_profit(arbitrage(rates), rates)
    rates = quoted([5, 7, 11, 13, 17])
    rates[3][1] = (13 * 10**17 + 1, 7 * 10**17)
    assert_profit(arbitrage(rates), rates)


@pytest.mark.stage(3)
def test_rates_that_make_no_sense_are_refused():
    good = (1, 1)
    for rates in ([[good, good]], [[good], [good]], [[good, (0, 1)], [good, good]]):
        with pytest.raises(ValueError):
            arbitrage(rates)
    for wrong in [(1, 0), (-1, 2), (1, -2)]:
        with pytest.raises(ValueError):
            arbitrage([[good, good], [wrong, good]])


@pytest.mark.perf
@pytest.mark.stage(1)
def test_distances_of_ten_thousand_vertices(rng):
    edges, height = shifted(10_000, 30_000, rng)
    edges += [(0, x, 150 + height[x] - height[0]) for x in range(1, 10_000)]
    got = distances(10_000, edges, 0)
    assert got[0] == 0
    for a, b, weight in edges:
        assert got[b] <= got[a] + weight, f"edge {(a, b, weight)} makes the way to {b} shorter"


@pytest.mark.perf
@pytest.mark.stage(2)
def test_no_cycle_among_ten_thousand_vertices(rng):
    edges, _ = shifted(10_000, 20_000, rng)
    assert find_negative_cycle(10_000, edges) is None
