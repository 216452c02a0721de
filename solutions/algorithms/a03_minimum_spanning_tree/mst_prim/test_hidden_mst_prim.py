"""Hidden suite of mst_prim: every step checked on random graphs, totals by trying all trees."""

from itertools import combinations

from graders.kit import Raised, call_many
from mst_prim import grow_tree


def reached(edges, start):
    """Return the vertices that the edges connect with start."""
    tree, before = {start}, None
    while tree != before:
        before = set(tree)
        for a, b, *_ in edges:
            if a in tree or b in tree:
                tree |= {a, b}
    return tree


def graph(rng, n, extra, weights):
    """Return the edges of a connected graph, some of them loops or parallel."""
    edges = [(rng.randrange(x), x, rng.choice(weights)) for x in range(1, n)]
    edges += [(rng.randrange(n), rng.randrange(n), rng.choice(weights)) for _ in range(extra)]
    rng.shuffle(edges)
    return [(b, a, w) if rng.random() < 0.5 else (a, b, w) for a, b, w in edges]


def check(n, edges, start, answer):
    """Check that each step takes an edge of the least weight among those that leave the tree."""
    call = f"grow_tree({n}, {edges}, {start}) gave {answer}"
    total, joined = answer
    tree = {start}
    for parent, child in joined:
        assert parent in tree and child not in tree, call
        leaving = [(w, {a, b}) for a, b, w in edges if (a in tree) != (b in tree)]
        least = min(w for w, _ in leaving)
        assert (least, {parent, child}) in leaving, f"{call}; step {(parent, child)}"
        total -= least
        tree.add(child)
    assert (len(tree), total) == (n, 0), call


def test_every_step_takes_a_lightest_edge(rng):
    cases = []
    for n in (1, 2, 3, 5, 8, 13, 30):
        for weights in (range(3), range(-4, 5), range(10**9)):
            cases.append((n, graph(rng, n, 2 * n, weights), rng.randrange(n)))
    for case, answer in zip(cases, call_many(grow_tree, cases), strict=True):
        check(*case, answer)


def test_no_tree_is_lighter(rng):
    cases = [(n, graph(rng, n, 5, range(-2, 7)), n - 1) for n in (2, 3, 4, 5, 5, 5)]
    for (n, edges, start), (total, _) in zip(cases, call_many(grow_tree, cases), strict=True):
        trees = (each for each in combinations(edges, n - 1) if len(reached(each, start)) == n)
        least = min(sum(weight for _, _, weight in tree) for tree in trees)
        assert total == least, f"grow_tree({n}, {edges}, {start})"


def test_every_start_gives_the_same_total(rng):
    n = 25
    edges = graph(rng, n, 50, range(100))
    answers = call_many(grow_tree, [(n, edges, start) for start in range(n)])
    assert len({total for total, _ in answers}) == 1, f"totals of {edges}"
    for start, answer in enumerate(answers):
        check(n, edges, start, answer)


def test_disconnected_graphs_of_every_shape(rng):
    cases = []
    for n in (2, 3, 6, 10):
        low, high = graph(rng, n, n, range(9)), graph(rng, n, n, range(9))
        apart = low + [(a + n, b + n, w) for a, b, w in high]
        cases += [(2 * n, apart, rng.randrange(2 * n)), (n + 1, low, n), (n + 1, low, 0)]
    for case, got in zip(cases, call_many(grow_tree, cases, errors="keep"), strict=True):
        assert isinstance(got, Raised) and got.name == "Disconnected", f"{case} gave {got}"


def test_ends_and_starts_outside_are_value_errors(rng):
    n = rng.randint(2, 6)
    good = graph(rng, n, 3, range(9))
    cases = [(n, good, start) for start in (n, -1, -n, n + 5)]
    cases += [(n, [*good, (a, b, 1)], 0) for a, b in [(n, 0), (0, n), (-1, 0), (0, -n), (n, n)]]
    cases += [(n, [(0, n, 1)], 0), (n + 1, good, n + 1), (0, [], -1), (-2, [], -1)]
    for case, got in zip(cases, call_many(grow_tree, cases, errors="keep"), strict=True):
        assert isinstance(got, Raised) and got.name == "ValueError", f"{case} gave {got}"
