"""What heap_violation must do: read the list as a tree, and name the first fault."""

import pytest

from graders.kit import call_many, checked
from heap_violation import first_violation


def test_the_first_value_below_its_parent_is_named():
    assert first_violation([1, 5, 2, 4, 7]) == 3
    assert first_violation([3, 1]) == 1
    assert first_violation([3, 4, 2]) == 2
    assert first_violation([5, 6, 7, 8, 9, 10, 6, 1]) == 6


def test_a_heap_has_no_violation():
    assert first_violation([1, 5, 2, 7, 6, 3]) is None
    assert first_violation([1, 3, 2]) is None
    assert first_violation([]) is None
    assert first_violation([9]) is None


def test_equal_to_the_parent_is_in_order():
    assert first_violation([4, 4, 4, 4, 4]) is None
    assert first_violation([0, 0, -1]) == 2
    assert first_violation([-2, -2, -2, -3, -2]) == 3


def test_every_index_has_its_own_parent():
    tree = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150]
    parents = [None, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]
    lists = []
    for index in range(1, 15):
        just_right, too_small = list(tree), list(tree)
        just_right[index] = tree[parents[index]]
        too_small[index] = tree[parents[index]] - 1
        lists += [(just_right[: index + 1],), (too_small[: index + 1],)]
    expected = [answer for index in range(1, 15) for answer in (None, index)]
    assert call_many(first_violation, lists) == expected


def test_the_smallest_index_wins_on_whatever_branch():
    assert first_violation([1, 2, 0, 1]) == 2
    assert first_violation([1, 4, 2, 5, 3, 1, 9]) == 4
    assert first_violation([1, 4, 2, 3, 6, 1]) == 3


def test_the_list_stays_as_it_was():
    assert checked(first_violation, [3, 1, 2]) == (1, ([3, 1, 2],))


@pytest.mark.perf
def test_a_violation_at_the_end_of_a_hundred_thousand():
    assert first_violation([*range(1, 100_001), 0]) == 100_000
