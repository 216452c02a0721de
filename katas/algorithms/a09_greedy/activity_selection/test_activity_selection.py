"""What activity_selection must do: one room, rooms for all, weights, each at size."""

from itertools import pairwise

import pytest

from activity_selection import best_weight, min_rooms, select
from graders.kit import checked


def check_selection(intervals, size):
    """Check that select returns `size` compatible activities in order of time."""
    chosen = select(intervals)
    shown = f"select({intervals if len(intervals) < 20 else '...'}) gave {chosen}"
    assert all(0 <= at < len(intervals) for at in chosen), f"{shown}: no such index"
    assert len(chosen) == size, f"{shown}: {size} are possible"
    for before, after in pairwise(chosen):
        assert intervals[before][1] <= intervals[after][0], f"{shown}: {before}, then {after}"


@pytest.mark.stage(1)
def test_an_early_start_may_last_too_long():
    check_selection([(0, 10), (1, 2), (3, 4)], 2)
    check_selection([(1, 4), (3, 5), (0, 6), (5, 7), (3, 9), (5, 9), (6, 10), (8, 11), (8, 12),
                     (2, 14), (12, 16)], 4)  # fmt: skip


@pytest.mark.stage(1)
def test_a_short_activity_or_one_with_few_conflicts_may_block_two():
    check_selection([(0, 5), (4, 7), (6, 11)], 2)
    check_selection([(20, 30), (-9, 1), (0, 3), (2, 15), (14, 22)], 3)

    crowd = [(8, 12)] * 3 + [(28, 32)] * 3
    check_selection([(0, 10), (10, 20), (18, 22), (20, 30), (30, 40), *crowd], 4)


@pytest.mark.stage(1)
def test_touching_activities_go_together_in_order_of_time():
    assert select([(4, 6), (0, 2), (2, 4)]) == [1, 2, 0]
    assert select([(-1, 0), (0, 1), (-2, -1)]) == [2, 0, 1]


@pytest.mark.stage(1)
def test_nothing_one_and_the_same_time_twice():
    assert select([]) == []
    assert select([(5, 6)]) == [0]
    check_selection([(1, 3), (1, 3), (1, 3)], 1)


@pytest.mark.stage(1)
def test_select_refuses_what_does_not_start_before_it_ends():
    for intervals in ([(3, 3)], [(0, 1), (5, 4)], [(0, 9), (2, 2), (10, 12)]):
        with pytest.raises(ValueError):
            select(intervals)


@pytest.mark.stage(1)
def test_arguments_stay_as_they_were():
    for function in (select, min_rooms):
        _, after = checked(function, [(5, 6), (1, 3), (2, 4)])
        assert after == ([(5, 6), (1, 3), (2, 4)],)


@pytest.mark.stage(2)
def test_rooms_are_used_again():
    assert min_rooms([(0, 30), (5, 10), (15, 20)]) == 2
    assert min_rooms([(15, 20), (0, 30), (2, 9), (8, 16)]) == 3
    assert min_rooms([(1, 10), (2, 7), (3, 19), (8, 12), (10, 20), (11, 30)]) == 4


@pytest.mark.stage(2)
def test_a_room_is_free_when_its_activity_ends():
    assert min_rooms([(0, 5), (5, 9)]) == 1
    assert min_rooms([(5, 9), (0, 5), (3, 5), (5, 6)]) == 2


@pytest.mark.stage(2)
def test_few_activities_and_refused_ones():
    assert (min_rooms([]), min_rooms([(2, 3)]), min_rooms([(2, 3)] * 4)) == (0, 1, 4)
    for intervals in ([(3, 3)], [(0, 1), (5, 4)]):
        with pytest.raises(ValueError):
            min_rooms(intervals)


@pytest.mark.stage(3)
def test_weights_decide_not_numbers():
    assert best_weight([(0, 3, 5), (2, 5, 9), (5, 8, 5)]) == 14
    assert best_weight([(0, 2, 3), (1, 9, 10), (2, 4, 3), (5, 8, 3)]) == 10
    assert best_weight([(5, 8, 4), (0, 2, 4), (1, 9, 10), (2, 4, 4)]) == 12
    assert best_weight([(2, 4, 1), (0, 2, 1)]) == 2


@pytest.mark.stage(3)
def test_few_jobs_and_refused_ones():
    assert (best_weight([]), best_weight([(0, 1, 7)])) == (0, 7)
    assert best_weight([(0, 4, 2), (0, 4, 9), (0, 4, 3)]) == 9
    for jobs in ([(3, 3, 1)], [(0, 1, 1), (5, 4, 1)]):
        with pytest.raises(ValueError):
            best_weight(jobs)


def crowded(rng):
    """Return twenty thousand activities: a chain of ten thousand, as many more that bridge it."""
    chain = [(10 * at, 10 * at + 10) for at in range(10_000)]
    bridges = [(10 * at + 5, 10 * at + rng.randint(11, 90_000)) for at in range(10_000)]
    activities = chain + bridges
    rng.shuffle(activities)
    return activities


@pytest.mark.perf
@pytest.mark.stage(1)
def test_ten_thousand_of_twenty_thousand_activities(rng):
    check_selection(crowded(rng), 10_000)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_rooms_for_twenty_thousand_activities(rng):
    stack = [(at, 30_000 - at) for at in range(5_000)] + [(at, at + 1) for at in range(15_000)]
    rng.shuffle(stack)
    assert min_rooms(stack) == 5_001


@pytest.mark.perf
@pytest.mark.stage(3)
def test_weights_of_twenty_thousand_jobs(rng):
    jobs = [(start, end, 7 if end - start == 10 else 6) for start, end in crowded(rng)]
    assert best_weight(jobs) == 70_000
