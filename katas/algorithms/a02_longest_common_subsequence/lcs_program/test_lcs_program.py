"""What lcs_program must print: the sample, edge cases of lines and ends, then the limits."""

import pytest

from graders.kit import assert_output, run_program

SAMPLE = """\
AGCAT
GAC
XMJYAUZ
MZJAWXU

abc
a b c
c b a
"""


def lengths(*pairs):
    """Return what the program prints for these pairs of strings."""
    return run_program("".join(f"{a}\n{b}\n" for a, b in pairs))


def sharing(text, rng):
    """Return two strings of twice the length whose only longest common subsequence is `text`."""
    a = "".join(letter + rng.choice("wxyz") for letter in text)
    b = "".join(rng.choice("1234") + letter for letter in text)
    return a, b


def test_prints_the_answers_of_the_sample():
    assert_output(run_program(SAMPLE), "2\n4\n0\n3\n")


def test_no_cases_at_all_print_nothing():
    assert_output(run_program(""), "")


def test_does_not_ask_for_neighbours():
    run = lengths(("ABC", "AxBxC"), ("GATTACA", "GATTACA"), ("A", "BA"), ("abc", "xyz"))
    assert_output(run, "3\n7\n1\n0\n")


def test_an_empty_line_is_a_string_and_no_end():
    assert_output(lengths(("", ""), ("ab", "b"), ("", "b"), ("b", "")), "0\n1\n0\n0\n")


def test_spaces_are_characters_at_both_ends_too():
    assert_output(lengths((" a", "b "), ("  ", " "), ("x ", "y "), ("", " ")), "1\n1\n1\n0\n")


def test_digits_and_signs_are_characters():
    assert_output(lengths(("10 12", "12 10"), ("-1,5", "1.5")), "3\n2\n")


@pytest.mark.perf
def test_5_000_pairs_of_short_strings():
    assert_output(lengths(*[("abcdefghijkl", "lkjihgfedcba")] * 5_000), "1\n" * 5_000)


@pytest.mark.perf
def test_two_strings_of_1000_characters(rng):
    a, b = sharing(rng.choices("ACGT", k=500), rng)
    assert_output(lengths((a, b)), "500\n")
