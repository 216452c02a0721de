"""What two_sum must do: the statement's examples and edge cases, then its limits."""

import pytest

from graders.kit import checked, growth
from two_sum import count_pairs, find_pair


def test_finds_two_different_positions():
    assert find_pair([3, 2, 4], 6) == (1, 2)
    assert find_pair([3, 3], 6) == (0, 1)
    assert find_pair([0, 4, 3, 0], 0) == (0, 3)
    assert find_pair([-3, 4, 3, 90], 0) == (0, 2)
    assert find_pair([10**12, 7, -(10**12)], 0) == (0, 2)


def test_returns_none_without_a_pair():
    assert find_pair([5], 10) is None
    assert find_pair([], 0) is None
    assert find_pair([1, 2, 3], 7) is None


def test_of_several_pairs_the_smallest_j_wins_then_the_smallest_i():
    assert find_pair([1, 2, 4, 5], 6) == (1, 2)
    assert find_pair([2, 2, 3], 5) == (0, 2)
    assert find_pair([1, 4, 4, 1, 6], 5) == (0, 1)


def test_counts_pairs_of_positions():
    assert count_pairs([1, 4, 4, 1, 6], 5) == 4
    assert count_pairs([2, 2, 2, 2, 2], 4) == 10
    assert count_pairs([0, -7, 0, 7], 0) == 2
    assert count_pairs([5], 10) == 0
    assert count_pairs([], 0) == 0


def test_leaves_the_list_as_it_was():
    nums = [4, 1, 3, 2, 3]
    assert checked(find_pair, nums, 6) == ((0, 3), ([4, 1, 3, 2, 3], 6))
    assert checked(count_pairs, nums, 6) == (2, ([4, 1, 3, 2, 3], 6))


@pytest.mark.perf
def test_searches_100_000_values_in_vain(rng):
    even_values = [2 * rng.randrange(10**11) for _ in range(100_000)]
    assert find_pair(even_values, 99_999_999_999) is None


@pytest.mark.perf
def test_twice_the_values_take_about_twice_the_time(rng):
    def without_a_pair(size, _round):
        start = 2 * rng.randrange(10**11)
        return list(range(start, start + 2 * size, 2)), 99_999_999_999

    growth(find_pair, without_a_pair, 2_000, at_most="linear")


@pytest.mark.perf
def test_counts_five_billion_pairs_of_100_000_values():
    assert count_pairs([5] * 100_000, 10) == 4_999_950_000
