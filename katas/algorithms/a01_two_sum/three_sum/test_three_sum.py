"""What three_sum must do: each triple once and in order, the closest sum, both at size."""

from itertools import pairwise

import pytest

from graders.kit import checked
from three_sum import closest_sum, unique_triples


def test_triples_of_the_examples():
    assert unique_triples([-1, 0, 1, 2, -1, -4], 0) == [(-1, -1, 2), (-1, 0, 1)]
    assert unique_triples([1, 1, 2, 2, 3, 3], 6) == [(1, 2, 3)]
    assert unique_triples([0, 0, 0, 0], 0) == [(0, 0, 0)]
    assert unique_triples([1, 2, 5], 6) == []


def test_three_elements_stand_at_three_positions():
    assert unique_triples([2, 2, 5], 6) == []
    assert unique_triples([2, 2, 2], 6) == [(2, 2, 2)]
    assert unique_triples([1, 4], 6) == []
    assert unique_triples([3], 9) == []
    assert unique_triples([], 0) == []


def test_each_triple_comes_once_and_all_in_order():
    found = unique_triples([3, 0, 1, 5, 2, 4, 0, 2, 3], 7)
    expected = [(0, 2, 5), (0, 3, 4), (1, 2, 4), (1, 3, 3), (2, 2, 3)]
    assert found == expected
    assert unique_triples([1, 1, 1, 3, 3, 3, 5, 5], 9) == [(1, 3, 5), (3, 3, 3)]


def test_the_target_may_be_anything():
    assert unique_triples([5, 4, 3], 12) == [(3, 4, 5)]
    assert unique_triples([-5, -4, -3], -12) == [(-5, -4, -3)]
    assert unique_triples([10**12, 10**12, -(10**12), 10**12], 10**12) == [
        (-(10**12), 10**12, 10**12)
    ]


def test_triples_leave_the_list_as_it_was():
    assert checked(unique_triples, [3, 1, 2], 6) == ([(1, 2, 3)], ([3, 1, 2], 6))


def test_closest_sum_of_the_examples():
    assert closest_sum([-1, 2, 1, -4], 1) == 2
    assert closest_sum([1, 1, 1], 100) == 3
    assert closest_sum([2, 7, 4, 3], 12) == 12


def test_on_a_tie_the_smaller_sum_counts():
    assert closest_sum([0, 0, 1, 3], 2) == 1
    assert closest_sum([-4, 1, 0, 9], 1) == -3
    assert closest_sum([10, 0, 0, 0], 5) == 0


def test_the_closest_sum_may_be_far_away():
    assert closest_sum([50, 60, 70], 0) == 180
    assert closest_sum([50, 60, 70, 80], 1000) == 210
    assert closest_sum([-50, -60, -70], 0) == -180
    assert closest_sum([-(10**12)] * 3, 3 * 10**12) == -3 * 10**12
    assert checked(closest_sum, [3, 1, 2, 9], 7) == (6, ([3, 1, 2, 9], 7))


def test_fewer_than_three_have_no_sum():
    for nums in ([], [1], [1, 2]):
        with pytest.raises(ValueError):
            closest_sum(nums, 3)


@pytest.mark.perf
def test_closest_sum_of_800_values(rng):
    nums = [1_000 * x for x in range(800)]
    rng.shuffle(nums)
    middle = 1_000 * rng.randint(1_000, 1_400)
    assert closest_sum(nums, middle + 501) == middle + 1_000


@pytest.mark.perf
def test_thousands_of_triples_from_repeated_values(rng):
    nums = [value for value in range(-120, 121) for _ in range(3)]
    rng.shuffle(nums)
    found = unique_triples(nums, 0)
    # For an even k there are k * k / 2 with a < b < c, k with two equal values, and (0, 0, 0).
    assert len(found) == 120 * 120 // 2 + 120 + 1
    assert all(a <= b <= c and a + b + c == 0 for a, b, c in found)
    assert all(first < second for first, second in pairwise(found))
