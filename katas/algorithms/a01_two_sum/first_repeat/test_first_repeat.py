"""What first_repeat must do: the position of the repeat, not of the value, and that at size."""

import pytest

from first_repeat import first_repeat
from graders.kit import call_many, checked


def test_returns_the_position_of_the_repeat():
    assert first_repeat([7, 3, 9, 3, 5]) == 3
    assert first_repeat([4, 4]) == 1
    assert first_repeat([0, 5, 8, 0]) == 3
    assert first_repeat([-1, 1, 2, -1]) == 3


def test_the_first_position_that_repeats_counts_whichever_value_came_first():
    assert first_repeat([1, 2, 2, 1]) == 2
    assert first_repeat([5, 6, 7, 7, 6, 5]) == 3
    assert first_repeat([2, 9, 9, 9, 2]) == 2


def test_returns_none_where_nothing_repeats():
    assert first_repeat([7, 3, 9]) is None
    assert first_repeat([7]) is None
    assert first_repeat([]) is None
    assert first_repeat([-3, 3, 0, 10**12, -(10**12)]) is None


def test_each_call_begins_anew_and_leaves_the_list_as_it_was():
    assert call_many(first_repeat, [([3, 1, 2],), ([2, 3, 1],), ([9, 8, 9],)]) == [None, None, 2]
    assert checked(first_repeat, [8, 5, 8, 2]) == (2, ([8, 5, 8, 2],))


@pytest.mark.perf
def test_a_hundred_thousand_different_values(rng):
    start = rng.randrange(10**11)
    nums = list(range(start, start + 100_000))
    rng.shuffle(nums)
    assert first_repeat(nums) is None
    assert first_repeat([*nums[1:], nums[1]]) == 99_999
