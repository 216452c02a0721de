"""What lcs_dp must do: lengths, one string, all strings, each with its limits."""

import pytest

from lcs_dp import all_lcs, lcs, lcs_length


def sharing(text, rng):
    """Return two strings of twice the length whose only longest common subsequence is `text`."""
    a = "".join(letter + rng.choice("wxyz") for letter in text)
    b = "".join(rng.choice("1234") + letter for letter in text)
    return a, b


@pytest.mark.stage(1)
def test_length_of_the_examples():
    assert lcs_length("AGCAT", "GAC") == 2
    assert lcs_length("XMJYAUZ", "MZJAWXU") == 4
    assert lcs_length("AAB", "ABA") == 2


@pytest.mark.stage(1)
def test_length_does_not_ask_for_neighbours():
    assert lcs_length("ABC", "AxBxC") == 3
    assert lcs_length("GATTACA", "GATTACA") == 7
    assert lcs_length("A", "BA") == 1


@pytest.mark.stage(1)
def test_length_is_zero_with_nothing_in_common():
    assert lcs_length("", "") == 0
    assert lcs_length("abc", "") == 0
    assert lcs_length("", "abc") == 0
    assert lcs_length("abc", "xyz") == 0


@pytest.mark.stage(1)
def test_length_takes_characters_as_they_are():
    assert lcs_length("a B", "A b") == 1
    assert lcs_length("😀a😁", "😀😁a") == 2


@pytest.mark.stage(2)
def test_string_of_the_examples():
    assert lcs("AGCAT", "GAC") in ["AC", "GA", "GC"]
    assert lcs("XMJYAUZ", "MZJAWXU") == "MJAU"
    assert lcs("AAB", "ABA") in ["AA", "AB"]


@pytest.mark.stage(2)
def test_string_runs_from_first_to_last():
    assert lcs("ABC", "AxBxC") == "ABC"
    assert lcs("a 😀", "- a - 😀 -") == "a 😀"
    assert lcs("AB", "B") == "B"


@pytest.mark.stage(2)
def test_string_is_empty_with_nothing_in_common():
    assert lcs("", "") == ""
    assert lcs("abc", "") == ""
    assert lcs("", "abc") == ""
    assert lcs("abc", "xyz") == ""


@pytest.mark.stage(3)
def test_all_strings_of_the_examples():
    assert all_lcs("AGCAT", "GAC") == ["AC", "GA", "GC"]
    assert all_lcs("XMJYAUZ", "MZJAWXU") == ["MJAU"]
    assert all_lcs("AAB", "ABA") == ["AA", "AB"]


@pytest.mark.stage(3)
def test_all_strings_come_once_and_sorted():
    assert all_lcs("ABA", "AA") == ["AA"]
    assert all_lcs("ABAB", "BA") == ["BA"]
    assert all_lcs("bB é😀a", "a😀é Bb") == [" ", "B", "a", "b", "é", "😀"]


@pytest.mark.stage(3)
def test_all_strings_are_one_empty_string_with_nothing_in_common():
    assert all_lcs("", "") == [""]
    assert all_lcs("abc", "") == [""]
    assert all_lcs("abc", "xyz") == [""]


@pytest.mark.perf
@pytest.mark.stage(1)
def test_two_strings_of_40_with_nothing_in_common():
    assert lcs_length("ab" * 20, "cd" * 20) == 0
    assert lcs_length("nematode knowledge", "empty bottle") == 7


@pytest.mark.perf
@pytest.mark.stage(1)
def test_length_for_600_characters_each(rng):
    a, b = sharing(rng.choices("ACGT", k=300), rng)
    assert lcs_length(a, b) == 300


@pytest.mark.perf
@pytest.mark.stage(2)
def test_string_for_600_characters_each(rng):
    shared = "".join(rng.choices("ACGT", k=300))
    assert lcs(*sharing(shared, rng)) == shared


@pytest.mark.perf
@pytest.mark.stage(3)
def test_goes_no_way_twice_through_12_characters():
    assert all_lcs("XABCDEFGHIJK", "Xabcdefghijk") == ["X"]
    assert all_lcs("ABCDEFGHIJKX", "abcdefghijkX") == ["X"]
