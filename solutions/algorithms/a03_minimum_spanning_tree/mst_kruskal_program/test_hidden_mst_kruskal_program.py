"""Hidden suite of mst_kruskal_program: small cases against all choices of lines; planted trees."""

from itertools import combinations

import pytest

from graders.kit import assert_output, run_program


def as_input(cases):
    """Return the input text of cases, each (places, [(from, to, price), …])."""
    lines = [str(len(cases))]
    for places, edges in cases:
        lines += [f"{places} {len(edges)}", *(f"{a} {b} {price}" for a, b, price in edges)]
    return "\n".join(lines) + "\n"


def connects(places, edges):
    """Tell whether the lines connect all places into one group."""
    groups = []
    for a, b, _ in edges:
        touched = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in touched]
        groups.append({a, b}.union(*touched))
    return places == 1 or (len(groups) == 1 and len(groups[0]) == places)


def by_all_choices(places, edges):
    """Return what must be printed, by looking at all choices of so many lines as a tree has."""
    prices = [sum(price for _, _, price in chosen)
              for chosen in combinations(edges, places - 1) if connects(places, chosen)]
    return str(min(prices)) if prices else "impossible"


def random_case(rng):
    """Return a case of up to five places and seven lines."""
    places = rng.randint(1, 5)
    names = rng.sample(["a", "b", "ab", "ba", "zzzzzzzz"], places)
    edges = [(rng.choice(names), rng.choice(names), rng.randint(-9, 9))
             for _ in range(rng.randint(0, 7))]
    return places, edges


def test_random_cases_agree_with_all_choices(rng):
    cases = [random_case(rng) for _ in range(200)]
    expected = "\n".join(by_all_choices(*case) for case in cases)
    assert_output(run_program(as_input(cases)), expected)


def test_order_and_direction_of_lines_change_nothing(rng):
    cases = [random_case(rng) for _ in range(60)]
    turned = [(places, [(b, a, price) for a, b, price in reversed(edges)])
              for places, edges in cases]
    assert run_program(as_input(turned)).lines == run_program(as_input(cases)).lines


@pytest.mark.perf
def test_a_planted_tree_of_many_places(rng):
    names = [f"{chr(97 + k // 676)}{chr(97 + k // 26 % 26)}{chr(97 + k % 26)}"
             for k in range(10_000)]
    tree = [(names[k], names[rng.randrange(k)], rng.randint(-50, 50)) for k in range(1, 10_000)]
    dear = [(rng.choice(names), rng.choice(names), rng.randint(51, 99)) for _ in range(30_000)]
    lines = rng.sample(tree + dear, 39_999)
    expected = f"{sum(price for _, _, price in tree)}\nimpossible\n"
    assert_output(run_program(as_input([(10_000, lines), (10_001, lines[:10_000])])), expected)
