"""What disjoint_sets_program must print: the sample, edge cases, then the limits."""

import pytest

from graders.kit import assert_output, run_program

SAMPLE = """\
4 5
U 1 2
Q 1 3
U 3 2
Q 1 3
Q 4 4
2 0
3 1
Q 1 2
0 0
"""


def answers(*cases):
    """Run the program on cases, each a number of persons and its lines."""
    lines = []
    for persons, ops in cases:
        lines += [f"{persons} {len(ops)}", *ops]
    return run_program("\n".join([*lines, "0 0"]) + "\n")


def test_prints_the_answers_of_the_sample():
    assert_output(run_program(SAMPLE), "no\nyes\nyes\n2\n2\nno\n3\n")


def test_no_case_at_all_prints_nothing():
    assert_output(run_program("0 0\n"), "")


def test_the_first_and_the_last_person_take_part():
    assert_output(answers((3, ["U 3 1", "Q 1 3", "Q 2 3", "Q 1 2"])), "yes\nno\nno\n2\n")
    assert_output(answers((1, ["Q 1 1", "U 1 1"])), "yes\n1\n")


def test_friends_of_friends_belong_together():
    ops = ["U 1 2", "U 3 4", "Q 1 4", "U 2 3", "Q 1 4", "Q 4 5", "U 5 1", "Q 4 5"]
    assert_output(answers((6, ops)), "no\nyes\nno\nyes\n2\n")


def test_a_friendship_counts_once():
    ops = ["U 1 2", "U 2 1", "U 1 2", "U 2 2", "U 3 1", "U 2 3"]
    assert_output(answers((4, ops)), "2\n")


def test_every_case_starts_anew():
    cases = [(3, ["U 1 2", "Q 1 2"]), (3, ["Q 1 2", "U 2 3"]), (2, [])]
    assert_output(answers(*cases), "yes\n2\nno\n2\n2\n")


@pytest.mark.perf
def test_a_chain_that_is_asked_from_its_ends():
    chain = [f"U {k} {k + 1}" for k in range(1, 40_000)]
    back = [f"U {k + 1} {k}" for k in range(50_000, 80_000)]
    questions = ["Q 1 40000", "Q 40000 1", "Q 50000 80000", "Q 1 80000"] * 7_000
    expected = "yes\nyes\nyes\nno\n" * 7_000 + f"{100_000 - 39_999 - 30_000}\n"
    assert_output(answers((100_000, chain + back + questions)), expected)
