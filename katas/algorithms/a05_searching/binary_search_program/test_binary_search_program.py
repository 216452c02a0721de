"""What binary_search_program must print: the sample, edge cases, then the limits."""

import pytest

from graders.kit import assert_output, run_program

SAMPLE = """\
5 5
1 2 2 2 5
2 5
3 4
5 2
2 2
-9 9
"""


def counts(values, questions):
    """Run the program on a list and its questions."""
    lines = [f"{len(values)} {len(questions)}", " ".join(map(str, values))]
    lines += [f"{a} {b}" for a, b in questions]
    return run_program("\n".join(lines) + "\n")


def test_prints_the_answers_of_the_sample():
    assert_output(run_program(SAMPLE), "4\n0\n0\n3\n5\n")


def test_both_ends_are_included():
    questions = [(1, 1), (1, 4), (4, 9), (9, 9), (2, 3), (0, 0), (10, 11), (0, 10)]
    assert_output(counts([1, 4, 9], questions), "1\n2\n2\n1\n0\n0\n0\n3\n")


def test_nothing_lies_in_an_empty_list():
    assert_output(counts([], [(0, 0), (-5, 5), (5, -5)]), "0\n0\n0\n")


def test_a_range_turned_round_is_empty():
    assert_output(counts([1, 2, 3], [(3, 1), (2, 1), (9, -9), (4, 3)]), "0\n0\n0\n0\n")


def test_one_value_and_equal_values():
    assert_output(counts([7], [(7, 7), (6, 8), (8, 9), (5, 6)]), "1\n1\n0\n0\n")
    assert_output(counts([7] * 9, [(7, 7), (-7, 7), (7, 8), (8, 8)]), "9\n9\n9\n0\n")


def test_values_at_the_ends_of_what_may_come():
    far = 10**9
    assert_output(counts([-far, 0, far], [(-far, far), (far, far), (-far, -far)]), "3\n1\n1\n")


@pytest.mark.perf
def test_30_000_wide_ranges_of_100_000_values(rng):
    values = list(range(-150_000, 150_000, 3))
    starts = [3 * rng.randint(-50_000, -40_000) for _ in range(30_000)]
    run = counts(values, [(start, start + 240_001) for start in starts])
    assert_output(run, "80001\n" * 30_000)
