"""What meetings_compatible must do: overlaps of every kind, touching meetings, any order, size."""

import pytest

from graders.kit import checked
from meetings_compatible import compatible


def test_meetings_apart_are_compatible_in_any_order():
    assert compatible([(9, 10), (11, 12)]) is True
    assert compatible([(20, 25), (-5, -1), (3, 9), (0, 2)]) is True


def test_meetings_that_touch_are_compatible():
    assert compatible([(9, 10), (13, 15), (10, 11)]) is True
    assert compatible([(4, 6), (2, 4), (0, 2)]) is True


def test_meetings_that_overlap_in_part_are_not():
    assert compatible([(9, 12), (13, 15), (11, 13)]) is False
    assert compatible([(5, 7), (0, 1), (6, 8)]) is False


def test_a_meeting_within_another_one_is_found():
    assert compatible([(9, 12), (13, 15), (11, 12)]) is False
    assert compatible([(0, 100), (40, 50)]) is False
    assert compatible([(40, 50), (60, 70), (0, 100)]) is False


def test_the_same_time_twice_is_found():
    assert compatible([(9, 10), (9, 10)]) is False
    assert compatible([(3, 4), (7, 9), (3, 5)]) is False
    assert compatible([(2, 9), (11, 12), (3, 9)]) is False


def test_none_and_one_are_compatible():
    assert compatible([]) is True
    assert compatible([(-3, 8)]) is True


def test_the_list_stays_as_it_was():
    meetings = [(5, 6), (1, 2), (3, 4)]
    assert checked(compatible, meetings) == (True, ([(5, 6), (1, 2), (3, 4)],))


@pytest.mark.perf
def test_twenty_thousand_meetings_in_random_order(rng):
    meetings = [(3 * at, 3 * at + rng.randint(1, 3)) for at in range(20_000)]
    rng.shuffle(meetings)
    assert compatible(meetings) is True
    start, end = meetings[17]
    assert compatible([*meetings, (start - 1, end + 1)]) is False
