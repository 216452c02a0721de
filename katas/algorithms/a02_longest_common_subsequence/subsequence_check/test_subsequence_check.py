"""What subsequence_check must do: keep the order, use each character once, walk once."""

import pytest

from graders.kit import call_many
from subsequence_check import is_subsequence


def test_characters_may_be_left_out():
    assert is_subsequence("ace", "abcde") is True
    assert is_subsequence("gas", "gatas") is True
    assert is_subsequence("abc", "abc") is True
    assert is_subsequence("c", "abc") is True


def test_the_order_has_to_stay():
    assert is_subsequence("aec", "abcde") is False
    assert is_subsequence("ba", "ab") is False


def test_each_character_is_used_once():
    assert is_subsequence("aa", "ab") is False
    assert is_subsequence("aa", "aba") is True
    assert is_subsequence("abb", "ab") is False
    assert is_subsequence("aab", "aaab") is True


def test_the_empty_string_is_left_by_every_string():
    assert call_many(is_subsequence, [("", "abc"), ("", ""), ("a", "")]) == [True, True, False]


def test_characters_are_taken_as_they_are():
    assert is_subsequence("A", "a") is False
    assert is_subsequence("x y", "x1 2y") is True
    assert is_subsequence("x y", "x12y") is False
    assert is_subsequence("😁a", "😀😁a") is True


@pytest.mark.perf
def test_a_hundred_thousand_characters():
    assert is_subsequence("a😀" * 25_000, "aa😀" * 33_333) is True
    assert is_subsequence("a😀" * 25_000 + "b", "a😀" * 50_000) is False
