"""What boyer_moore must do: Horspool, both tables, few reads, and linear time."""

import pytest

from boyer_moore import (
    find_all,
    find_all_reader,
    good_suffix,
    horspool_find_all,
    horspool_shifts,
    last_occurrence,
)
from graders.kit import call_many, checked, counted


def check_reads(search, pattern, text, hits, most):
    """Check hits and number of reads of a search, and that it stays within the text."""
    outside = []

    def char_at(at):
        if 0 <= at < len(text):
            return text[at]
        outside.append(at)
        return ""

    read = counted(char_at)
    got = search(pattern, len(text), read)
    shown = f"{pattern!r} in {text[:40]!r}, {len(text)} characters"
    assert not outside, f"{shown}: character {outside[0]} was read"
    assert got == hits, shown
    assert read.calls <= most, f"{shown}: {read.calls} reads, at most {most} allowed"


@pytest.mark.stage(1)
def test_horspool_shifts_leave_out_the_last_place():
    assert horspool_shifts("ANPANMAN") == {"A": 1, "N": 3, "P": 5, "M": 2}
    assert horspool_shifts("abcd") == {"a": 3, "b": 2, "c": 1}
    assert call_many(horspool_shifts, [("a",), ("aaa",)]) == [{}, {"a": 1}]


@pytest.mark.stage(1)
def test_horspool_finds_hits_at_both_ends_and_overlapping():
    check_reads(horspool_find_all, "ab", "abxxab", [0, 4], 5_000)
    check_reads(horspool_find_all, "aba", "abababa", [0, 2, 4], 5_000)
    check_reads(horspool_find_all, "aa", "aaaa", [0, 1, 2], 5_000)
    check_reads(horspool_find_all, "b", "abb", [1, 2], 5_000)
    check_reads(horspool_find_all, "abc", "ab", [], 5_000)


@pytest.mark.stage(1)
def test_horspool_skips_what_it_need_not_read():
    check_reads(horspool_find_all, "EXAMPLE", "HERE IS A SIMPLE EXAMPLE", [17], 20)
    check_reads(horspool_find_all, "abcdefghij", "x" * 1_000, [], 200)


@pytest.mark.stage(1)
def test_horspool_refuses_an_empty_pattern():
    with pytest.raises(ValueError):
        horspool_shifts("")
    with pytest.raises(ValueError):
        horspool_find_all("", 3, counted(lambda at: "abc"[at]))


@pytest.mark.stage(2)
def test_last_occurrences_count_the_last_place():
    assert last_occurrence("ANPANMAN") == {"A": 6, "N": 7, "P": 2, "M": 5}
    assert last_occurrence("a") == {"a": 0}


@pytest.mark.stage(2)
def test_good_suffixes_of_the_examples():
    assert good_suffix("ANPANMAN") == [6, 6, 6, 6, 6, 6, 3, 8, 1]
    assert good_suffix("abab") == [2, 2, 2, 4, 1]


@pytest.mark.stage(2)
def test_good_suffixes_of_equal_and_of_different_characters():
    assert good_suffix("aaaa") == [1, 1, 2, 3, 4]
    assert good_suffix("abcd") == [4, 4, 4, 4, 1]
    assert call_many(good_suffix, [("a",), ("ab",), ("baa",)]) == [[1, 1], [2, 2, 1], [3, 3, 1, 2]]


@pytest.mark.stage(2)
def test_tables_refuse_an_empty_pattern():
    for table in (last_occurrence, good_suffix):
        with pytest.raises(ValueError):
            table("")


@pytest.mark.stage(3)
def test_the_reader_finds_hits_at_both_ends_and_overlapping():
    check_reads(find_all_reader, "ab", "abxxab", [0, 4], 26)
    check_reads(find_all_reader, "aba", "abababa", [0, 2, 4], 31)
    check_reads(find_all_reader, "abab", "ababbababab", [0, 5, 7], 48)
    check_reads(find_all_reader, "b", "abb", [1, 2], 13)
    check_reads(find_all_reader, "abc", "ab", [], 11)


@pytest.mark.stage(3)
def test_the_reader_skips_what_it_need_not_read():
    check_reads(find_all_reader, "EXAMPLE", "HERE IS A SIMPLE EXAMPLE", [17], 15)
    check_reads(find_all_reader, "abcdefghij", "x" * 1_000, [], 100)


@pytest.mark.stage(3)
def test_the_reader_reads_no_overlap_again_and_again():
    check_reads(find_all_reader, "a" * 50, "a" * 600, list(range(551)), 2_450)
    check_reads(find_all_reader, "b" + "a" * 30, "a" * 600, [], 2_431)


@pytest.mark.stage(3)
def test_what_was_known_is_forgotten_after_a_mismatch():
    check_reads(find_all_reader, "aba", "abababbabaaba", [0, 2, 7, 10], 55)
    check_reads(find_all_reader, "aabaa", "aabaabaaabbaabaa", [0, 3, 11], 69)
    with pytest.raises(ValueError):
        find_all_reader("", 3, counted(lambda at: "abc"[at]))


@pytest.mark.stage(4)
def test_lists_are_searched_and_left_as_they_were():
    assert checked(find_all, [1, 2, 1, 2, 1], [1, 2, 1]) == ([0, 2], ([1, 2, 1, 2, 1], [1, 2, 1]))
    assert find_all([5, 5, 5], [5]) == [0, 1, 2]
    assert find_all([3, 1, 4, 1, 5, 9], [1, 5, 9]) == [3]
    assert find_all([], [1]) == []
    with pytest.raises(ValueError):
        find_all([1], [])


@pytest.mark.stage(4)
def test_the_item_below_the_last_place_may_be_the_last_one():
    assert find_all([1, 2, 3, 9, 3, 1, 2, 3], [2, 2, 3]) == []
    assert find_all([1, 2, 3, 9, 3, 1, 2, 3], [1, 2, 3]) == [0, 5]


@pytest.mark.perf
@pytest.mark.stage(4)
def test_a_long_pattern_that_occurs_everywhere():
    assert find_all([1] * 100_000, [1] * 10_000) == list(range(90_001))


@pytest.mark.perf
@pytest.mark.stage(4)
def test_a_long_pattern_that_differs_at_its_first_item():
    assert find_all([1] * 100_000, [2] + [1] * 9_999) == []
