"""Hidden suite of activity_selection: every subset tried, and instances seen in a mirror."""

from itertools import combinations, pairwise

import pytest

from activity_selection import best_weight, min_rooms, select
from graders.kit import call_many


def activities(rng, n, span):
    """Return n random activities within `span`, equal and touching ones among them."""
    starts = [rng.randrange(-span, span) for _ in range(n)]
    return [(start, start + rng.randint(1, 6)) for start in starts]


def compatible(chosen):
    """Tell whether no two of these activities overlap."""
    return all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(chosen, 2))


def most(jobs):
    """Return the greatest weight of any compatible subset, by trying all."""
    subsets = (each for size in range(len(jobs) + 1) for each in combinations(jobs, size))
    return max(sum(job[2] for job in each) for each in subsets if compatible(each))


def check_selection(intervals, chosen, size):
    """Check order, compatibility and number of a selection."""
    shown = f"select({intervals}) gave {chosen}"
    assert all(0 <= at < len(intervals) for at in chosen), shown
    assert len(chosen) == size, f"{shown}: {size} are possible"
    for before, after in pairwise(chosen):
        assert intervals[before][1] <= intervals[after][0], shown


@pytest.mark.stage(1)
def test_selections_are_as_large_as_any_subset(rng):
    cases = [activities(rng, rng.randint(1, 8), rng.choice((4, 9, 15))) for _ in range(60)]
    for intervals, chosen in zip(
        cases, call_many(select, [(each,) for each in cases]), strict=True
    ):
        check_selection(intervals, chosen, most([(a, b, 1) for a, b in intervals]))


@pytest.mark.stage(1)
def test_selections_are_as_large_when_time_runs_backwards(rng):
    cases = [activities(rng, 60, 100) for _ in range(10)]
    mirrored = [[(-end, -start) for start, end in each] for each in cases]
    sizes = [len(each) for each in call_many(select, [(each,) for each in cases])]
    for intervals, chosen, size in zip(
        mirrored, call_many(select, [(each,) for each in mirrored]), sizes, strict=True
    ):
        check_selection(intervals, chosen, size)


@pytest.mark.stage(2)
def test_rooms_are_the_largest_crowd(rng):
    cases = [activities(rng, rng.randint(1, 30), rng.choice((3, 10, 40))) for _ in range(60)]
    for intervals, rooms in zip(
        cases, call_many(min_rooms, [(each,) for each in cases]), strict=True
    ):
        crowd = max(sum(a <= start < b for a, b in intervals) for start, _ in intervals)
        assert rooms == crowd, f"min_rooms({intervals})"


@pytest.mark.stage(3)
def test_weights_are_as_great_as_of_any_subset(rng):
    cases = []
    for _ in range(60):
        plain = activities(rng, rng.randint(1, 8), rng.choice((4, 9, 15)))
        cases.append([(a, b, rng.choice((1, 2, 3, 10, 10**20))) for a, b in plain])
    for jobs, got in zip(cases, call_many(best_weight, [(each,) for each in cases]), strict=True):
        assert got == most(jobs), f"best_weight({jobs})"


@pytest.mark.stage(3)
def test_equal_weights_are_worth_what_a_selection_holds(rng):
    for _ in range(5):
        intervals = activities(rng, 80, 150)
        got = best_weight([(a, b, 3) for a, b in intervals])
        assert got == 3 * len(select(intervals)), f"best_weight, all of weight 3: {intervals}"
