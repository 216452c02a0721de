"""What start_here must do. Suites are plain pytest: read them, run them, step into them."""

import pytest

from graders.kit import growth
from start_here import smallest_gap


@pytest.mark.stage(1)
def test_times_that_stand_in_order():
    assert smallest_gap([1, 4, 9]) == 3
    assert smallest_gap([0, 10**9]) == 10**9


@pytest.mark.stage(1)
def test_times_that_stand_in_any_order():
    assert smallest_gap([9, 1, 8]) == 1
    assert smallest_gap([40, 10, 33, 20]) == 7
    assert smallest_gap([7, 0]) == 7


@pytest.mark.stage(1)
def test_equal_times_have_no_gap():
    assert smallest_gap([5, 5]) == 0
    assert smallest_gap([7, 3, 7]) == 0


@pytest.mark.stage(1)
def test_times_that_are_far_apart():
    assert smallest_gap([10**9, 0, 3 * 10**8, 6 * 10**8]) == 3 * 10**8


@pytest.mark.perf
@pytest.mark.stage(2)
def test_twice_the_times_take_about_twice_as_long(rng):
    def mixed(size, _round):
        return (rng.sample(range(10**9), size),)

    growth(smallest_gap, mixed, 500, at_most="linear")


@pytest.mark.perf
@pytest.mark.stage(2)
def test_finds_the_gap_among_50_000_times(rng):
    times = [10 * each for each in rng.sample(range(10**8), 49_999)]
    times.append(rng.choice(times) + 3)  # all others are 7 apart or more
    rng.shuffle(times)
    assert smallest_gap(times) == 3
