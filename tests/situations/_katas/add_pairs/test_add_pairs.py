"""The suite of the situations that are programs: read pairs, print their sums."""

import pytest

from graders.kit import assert_output, run_program


def test_one_pair_of_numbers():
    assert_output(run_program("1 2\n"), "3\n")


def test_three_pairs_of_numbers():
    assert_output(run_program("1 2\n10 20\n-5 5\n"), "3\n30\n0\n")


def test_two_runs_in_a_row():
    assert run_program("13 13\n").lines == ["26"]
    assert run_program("").tokens == []


@pytest.mark.perf
def test_many_pairs_of_numbers():
    run = run_program("7 8\n" * 2000)
    assert run.tokens == ["15"] * 2000
