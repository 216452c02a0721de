"""Hidden suite of shortest_path_dijkstra: small graphs against relaxation, large ones by proof."""

from itertools import pairwise

from graders.kit import call_many
from shortest_path_dijkstra import distances, route


def relaxed(n, edges, source):
    """Return the distances: use every edge, again and again, until nothing gets shorter."""
    best = [None] * n
    best[source] = 0
    for _ in range(n):
        for a, b, weight in edges:
            if best[a] is not None and (best[b] is None or best[a] + weight < best[b]):
                best[b] = best[a] + weight
    return best


def graphs(rng, count, size):
    """Return calls with small graphs; weights are few, so that ways tie."""
    calls = []
    for _ in range(count):
        n = rng.randint(1, size)
        top = rng.choice([1, 3, 20, 10**15])
        edges = [
            (rng.randrange(n), rng.randrange(n), rng.randint(0, top))
            for _ in range(rng.randint(0, 3 * n))
        ]
        calls.append((n, edges, rng.randrange(n)))
    return calls


def assert_way(found, edges, source, target, total):
    got, way = found
    cheapest = {}
    for a, b, weight in edges:
        cheapest[a, b] = min(weight, cheapest.get((a, b), weight))
    assert (way[0], way[-1], len(set(way))) == (source, target, len(way)), "no such way"
    steps = list(pairwise(way))
    assert all(step in cheapest for step in steps), "no such edge"
    assert sum(cheapest[step] for step in steps) == got == total, "not that long"


def test_distances_agree_with_relaxation(rng):
    calls = graphs(rng, 150, 8)
    for call, got in zip(calls, call_many(distances, calls), strict=True):
        assert got == relaxed(*call), call


def test_routes_are_ways_of_that_length(rng):
    calls = [(*call, rng.randrange(call[0])) for call in graphs(rng, 150, 8)]
    for (n, edges, source, target), got in zip(calls, call_many(route, calls), strict=True):
        total = relaxed(n, edges, source)[target]
        if total is None:
            assert got is None, (n, edges, source, target)
        else:
            assert_way(got, edges, source, target, total)


def test_numbering_and_scale_play_no_part(rng):
    for n, edges, source in graphs(rng, 20, 9):
        names = rng.sample(range(n), n)
        renamed = [(names[a], names[b], 7 * weight) for a, b, weight in edges]
        plain, scaled = distances(n, edges, source), distances(n, renamed, names[source])
        for vertex, far in enumerate(plain):
            assert scaled[names[vertex]] == (None if far is None else 7 * far), (n, edges, source)


def test_distances_of_a_large_graph_prove_themselves(rng):
    n = 1_000
    edges = [(rng.randrange(n), rng.randrange(n), rng.randint(0, 50)) for _ in range(3 * n)]
    got = distances(n, edges, 0)
    tight = {0}
    for a, b, weight in edges:
        if got[a] is not None:
            assert got[b] is not None and got[b] <= got[a] + weight, "an edge makes it shorter"
            if got[b] == got[a] + weight:
                tight.add(b)
    assert got[0] == 0
    assert all((got[v] is not None) == (v in tight) for v in range(n)), "no edge leads there so"
