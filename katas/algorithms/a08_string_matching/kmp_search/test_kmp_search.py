"""What kmp_search must do: borders and periods, hits in lists, hits in streams, each at size."""

import pytest

from graders.kit import call_many, checked, replay
from kmp_search import StreamMatcher, find_all, prefix_function, shortest_period


def fed(pattern, *chunks):
    """Return what feed answered to each chunk."""
    return replay(StreamMatcher(pattern), [("feed", chunk) for chunk in chunks])


@pytest.mark.stage(1)
def test_borders_of_the_examples():
    assert prefix_function("aabaaab") == [0, 1, 0, 1, 2, 2, 3]
    assert prefix_function("abacabab") == [0, 0, 1, 0, 1, 2, 3, 2]


@pytest.mark.stage(1)
def test_a_border_falls_back_over_several_shorter_ones():
    assert prefix_function("aabaacaabaab") == [0, 1, 0, 1, 2, 0, 1, 2, 3, 4, 5, 3]
    assert prefix_function("aabaabaaaab") == [0, 1, 0, 1, 2, 3, 4, 5, 2, 2, 3]
    assert prefix_function("abaababaab") == [0, 0, 1, 1, 2, 3, 2, 3, 4, 5]


@pytest.mark.stage(1)
def test_borders_of_short_patterns_and_of_lists():
    assert call_many(prefix_function, [("",), ("a",), ("ab",), ([],)]) == [[], [0], [0, 0], []]
    assert prefix_function([7, 7, 7]) == [0, 1, 2]
    assert prefix_function([10**30, -1, 10**30]) == [0, 0, 1]


@pytest.mark.stage(1)
def test_periods_need_not_divide_the_length():
    texts = ["abcabcab", "aaaa", "abcd", "abcabc", "aba", "abaababaab", "x"]
    assert call_many(shortest_period, [(text,) for text in texts]) == [3, 1, 4, 3, 2, 5, 1]
    with pytest.raises(ValueError):
        shortest_period("")


@pytest.mark.stage(2)
def test_hits_overlap_and_reach_both_ends():
    assert find_all([1, 2, 1, 2, 1, 2, 1], [1, 2, 1]) == [0, 2, 4]
    assert find_all([5, 5, 5, 5], [5, 5]) == [0, 1, 2]
    assert find_all([4], [4]) == [0]
    assert find_all([9, 1, 9, 9, 9], [9]) == [0, 2, 3, 4]


@pytest.mark.stage(2)
def test_a_hit_may_start_within_a_failed_attempt():
    assert find_all([1, 1, 1, 2], [1, 1, 2]) == [1]
    assert find_all([1, 2, 1, 2, 1, 3, 1], [1, 2, 1, 3]) == [2]
    assert find_all([1, 1, 2, 1, 1, 2, 1, 1, 1], [1, 1, 2, 1, 1, 1]) == [3]


@pytest.mark.stage(2)
def test_no_hit_and_no_pattern():
    assert find_all([], [1]) == []
    assert find_all([1, 2], [1, 2, 3]) == []
    assert find_all([1, 12], [11, 2]) == []
    for text in ([], [1]):
        with pytest.raises(ValueError):
            find_all(text, [])


@pytest.mark.stage(2)
def test_lists_stay_as_they_were():
    assert checked(find_all, [3, 1, 3, 1, 3], [3, 1, 3]) == ([0, 2], ([3, 1, 3, 1, 3], [3, 1, 3]))


@pytest.mark.stage(3)
def test_a_hit_may_span_several_chunks():
    assert fed("aba", "xab", "aba") == [[], [1, 3]]
    assert fed("abcde", "ab", "c", "de") == [[], [], [0]]
    assert fed("needle", "nee", "", "dle", "", "needl", "e") == [[], [], [0], [], [], [6]]


@pytest.mark.stage(3)
def test_chunks_of_one_character_and_hits_that_overlap():
    assert fed("aa", *"aaaa") == [[], [0], [1], [2]]
    assert fed("abab", *"abababab") == [[], [], [], [0], [], [2], [], [4]]
    assert fed("z", "zz", "z") == [[0, 1], [2]]


@pytest.mark.stage(3)
def test_every_hit_is_told_once():
    assert fed("ab", "ab", "", "ab", "x") == [[0], [], [2], []]
    assert fed("aab", "aaab", "aab", "b") == [[1], [4], []]


@pytest.mark.stage(3)
def test_matchers_share_nothing_and_want_a_pattern():
    first, second = StreamMatcher("ab"), StreamMatcher("ab")
    assert (first.feed("a"), second.feed("b"), first.feed("b")) == ([], [], [0])
    with pytest.raises(ValueError):
        StreamMatcher("")


@pytest.mark.perf
@pytest.mark.stage(1)
def test_borders_of_thirty_thousand_characters():
    run = list(range(1, 15_000))
    assert prefix_function("a" * 15_000 + "b" + "a" * 14_999) == [0, *run, 0, *run]
    assert shortest_period("a" * 15_000 + "b" + "a" * 14_999) == 15_001


@pytest.mark.perf
@pytest.mark.stage(2)
def test_a_long_pattern_that_nearly_fits_everywhere():
    text = [1] * 100_000
    assert find_all(text, [1] * 9_999 + [2]) == []
    assert find_all(text, [1] * 10_000) == list(range(90_001))


@pytest.mark.perf
@pytest.mark.stage(3)
def test_single_characters_for_a_pattern_of_a_hundred_thousand():
    matcher = StreamMatcher("a" * 100_000 + "b")
    assert matcher.feed("a" * 100_000) == []
    assert replay(matcher, [("feed", "a")] * 20_000) == [[]] * 20_000
    assert matcher.feed("b") == [20_000]
