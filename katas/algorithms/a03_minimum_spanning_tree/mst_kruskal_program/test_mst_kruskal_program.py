"""What mst_kruskal_program must print: the sample, edge cases, then the limits."""

from itertools import pairwise

import pytest

from graders.kit import assert_output, run_program

SAMPLE = """\
4
3 4
oslo rome 5
rome bern 2
oslo bern 4
rome rome -9
3 2
a b 1
b a 7
1 0
3 3
x y -4
y z -4
z x -4
"""


def totals(*cases):
    """Run the program on cases, each the number of places and its lines as text."""
    lines = [str(len(cases))]
    for places, edges in cases:
        lines += [f"{places} {len(edges)}", *edges]
    return run_program("\n".join(lines) + "\n")


def name(number):
    """Return a name of eight letters for a number."""
    return "".join(chr(97 + number // 26**k % 26) for k in range(8))


def test_prints_the_totals_of_the_sample():
    assert_output(run_program(SAMPLE), "6\nimpossible\n0\n-8\n")


def test_a_line_that_closes_a_circle_is_left_out():
    square = ["a b 1", "b c 1", "c d 1", "d a 1", "a c 0"]
    assert_output(totals((4, square)), "2\n")


def test_the_cheapest_of_several_lines_counts():
    lines = ["a b 9", "b a 3", "a b 7", "b c 5", "c b 6", "c c -5"]
    assert_output(totals((3, lines)), "8\n")


def test_dear_lines_may_be_needed():
    lines = ["a b 1", "c d 1", "a a 1", "b d 1000000", "c a 999999"]
    assert_output(totals((4, lines)), "1000001\n")


def test_a_place_without_lines_cannot_be_connected():
    assert_output(totals((2, []), (2, ["a a 1"]), (4, ["a b 1", "b c 1"])), "impossible\n" * 3)
    assert_output(totals((1, ["a a 1"]), (2, ["a b 1"])), "0\n1\n")


def test_names_mean_nothing_for_the_next_case():
    cases = [(2, ["a b 1"]), (3, ["a c 2", "b a 3"]), (3, ["c a 1", "a c 2"])]
    assert_output(totals(*cases), "1\n5\nimpossible\n")


@pytest.mark.perf
def test_a_chain_of_20_000_places_among_50_000_lines(rng):
    names = [name(number) for number in rng.sample(range(10**6), 20_000)]
    chain = [f"{a} {b} 2" for a, b in pairwise(names)]
    others = [f"{rng.choice(names)} {rng.choice(names)} 3" for _ in range(30_000)]
    lines = rng.sample(chain + others, len(chain) + len(others))
    assert_output(totals((20_000, lines)), "39998\n")
