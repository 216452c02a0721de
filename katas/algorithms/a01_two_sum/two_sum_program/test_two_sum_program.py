"""What two_sum_program must print: the sample, edge cases, then the limits."""

import pytest

from graders.kit import assert_output, run_program

SAMPLE = """\
5
3 6
3 2 4
4 6
1 2 4 5
1 10
5
0 0

3 5
2 2 3
"""


def as_input(cases):
    """Return the input text of (values, target) cases."""
    lines = [str(len(cases))]
    for values, target in cases:
        lines += [f"{len(values)} {target}", " ".join(map(str, values))]
    return "\n".join(lines) + "\n"


def test_prints_the_answers_of_the_sample():
    assert_output(run_program(SAMPLE), "1 2\n1 2\nnone\nnone\n0 2\n")


def test_two_equal_values_are_two_positions():
    cases = [([3, 3], 6), ([0, 4, 3, 0], 0), ([-3, 4, 3, 90], 0)]
    assert_output(run_program(as_input(cases)), "0 1\n0 3\n0 2\n")


def test_of_several_pairs_the_smallest_j_wins():
    cases = [([1, 4, 4, 1, 6], 5), ([2, 2, 3], 5), ([1, 2, 3, 4], 5)]
    assert_output(run_program(as_input(cases)), "0 1\n0 2\n1 2\n")


def test_values_may_be_large_and_negative():
    cases = [([10**12, 7, -(10**12)], 0), ([-(10**12), -(10**12)], -2 * 10**12)]
    assert_output(run_program(as_input(cases)), "0 2\n0 1\n")


def test_empty_lists_keep_the_cases_in_step():
    cases = [([], 0), ([], 4), ([1, 3], 4), ([], -1)]
    assert_output(run_program(as_input(cases)), "none\nnone\n0 1\nnone\n")


def test_every_case_starts_anew():
    cases = [([1], 6), ([5], 6), ([4, 5], 6), ([1, 5], 6)]
    assert_output(run_program(as_input(cases)), "none\nnone\nnone\n0 1\n")


@pytest.mark.perf
def test_answers_20_000_small_cases(rng):
    shifts = [rng.randrange(10**9) for _ in range(20_000)]
    cases = [([shift, 8 + shift, 1 + shift], 9 + 2 * shift) for shift in shifts]
    assert_output(run_program(as_input(cases)), "1 2\n" * 20_000)


@pytest.mark.perf
def test_searches_200_000_values_in_vain(rng):
    even_values = [2 * rng.randrange(10**11) for _ in range(200_000)]
    assert_output(run_program(as_input([(even_values, 99_999_999_999)])), "none\n")
