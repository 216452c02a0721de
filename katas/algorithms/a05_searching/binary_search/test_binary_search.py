"""What binary_search must do: few questions, exact bounds, a rotated list read sparingly."""

import pytest

from binary_search import count_ranges, equal_range, find_rotated, first_true
from graders.kit import checked, counted


def search(low, high, answer):
    """Let first_true look for `answer`, watch what it asks, and return what it finds."""
    asked = []

    def holds(number):
        asked.append(number)
        return number >= answer

    found = first_true(low, high, counted(holds, limit=200))
    outside = [number for number in asked if not low <= number < high]
    assert not outside, f"first_true({low}, {high}, …) asked about {outside[0]}"
    most = (high - low).bit_length()
    assert len(asked) <= most, f"first_true({low}, {high}, …) asked {len(asked)} times, not {most}"
    return found


def find(numbers, x, n=None):
    """Let find_rotated look for x in a list, or in a function from positions to numbers."""
    n = len(numbers) if n is None else n
    asked = []

    def read(at):
        asked.append(at)
        if not 0 <= at < n:
            return 0
        return numbers(at) if callable(numbers) else numbers[at]

    found = find_rotated(n, counted(read, limit=200), x)
    outside = [at for at in asked if not 0 <= at < n]
    assert not outside, f"find_rotated({n}, …, {x}) read position {outside[0]}"
    assert len(asked) <= 150, f"find_rotated({n}, …, {x}) read {len(asked)} times"
    return found


@pytest.mark.stage(1)
def test_finds_the_first_true_of_the_examples():
    assert search(1, 100, 8) == 8
    assert search(0, 10, 99) == 10
    assert search(5, 5, 0) == 5


@pytest.mark.stage(1)
def test_finds_every_answer_in_a_short_range():
    for size in range(1, 6):
        for answer in range(-2, size - 1):
            assert search(-2, size - 2, answer) == answer
        assert search(-2, size - 2, 7) == size - 2


@pytest.mark.stage(1)
def test_is_right_to_the_last_digit_in_a_long_range():
    for answer in (123_456_789_012_345_678, 10**18 - 1, 10**18):
        assert search(0, 10**18, answer) == answer
    assert search(-(10**17), 10**17, -1) == -1


@pytest.mark.stage(2)
def test_equal_values_are_enclosed():
    assert equal_range([1, 2, 2, 2, 5], 2) == (1, 4)
    assert equal_range([1, 2, 2, 2, 5], 5) == (4, 5)
    assert equal_range([7, 7, 7, 7], 7) == (0, 4)


@pytest.mark.stage(2)
def test_a_value_that_is_missing_has_an_empty_range():
    assert equal_range([1, 2, 2, 2, 5], 3) == (4, 4)
    assert equal_range([1, 2, 2, 2, 5], 0) == (0, 0)
    assert equal_range([1, 2, 2, 2, 5], 9) == (5, 5)
    assert equal_range([], 3) == (0, 0)


@pytest.mark.stage(2)
def test_both_ends_of_a_range_count():
    queries = [(2, 5), (3, 4), (2, 2), (-9, 9), (6, 9), (-9, 0)]
    assert count_ranges([1, 2, 2, 2, 5], queries) == [4, 0, 3, 5, 0, 0]
    assert count_ranges([-3, -1, -1, 0], [(-2, 0), (-3, -1)]) == [3, 3]
    assert count_ranges([], [(0, 1)]) == [0]
    assert count_ranges([1], []) == []


@pytest.mark.stage(2)
def test_a_range_the_wrong_way_round_is_empty():
    assert count_ranges([1, 2, 2, 2, 5], [(5, 2), (3, 2), (9, -9)]) == [0, 0, 0]


@pytest.mark.stage(2)
def test_values_and_queries_stay_as_they_were():
    result, after = checked(count_ranges, [1, 2, 3], [(3, 3), (1, 2)])
    assert result == [1, 2]
    assert after == ([1, 2, 3], [(3, 3), (1, 2)])


@pytest.mark.stage(3)
def test_finds_each_number_of_the_rotated_example():
    numbers = [4, 5, 6, 0, 1, 2]
    assert [find(numbers, x) for x in numbers] == [0, 1, 2, 3, 4, 5]
    assert [find(numbers, x) for x in (3, -1, 7)] == [-1, -1, -1]


@pytest.mark.stage(3)
def test_short_lists_and_lists_that_were_not_rotated():
    assert [find([3, 1], x) for x in (3, 1, 2)] == [0, 1, -1]
    assert [find([1, 2, 3, 4], x) for x in (1, 2, 3, 4, 5)] == [0, 1, 2, 3, -1]
    assert find([8], 8) == 0
    assert find([8], 9) == -1
    assert find([], 1) == -1


@pytest.mark.stage(3)
def test_reads_few_of_a_million_numbers():
    n = 1_000_000
    for moved in (0, 1, 300_000, 999_999):
        for at in (0, 1, n - moved - 1, n - moved, 777_777, n - 1):
            if at < n:
                x = 2 * ((at + moved) % n)
                assert find(lambda at, moved=moved: 2 * ((at + moved) % n), x, n) == at
        assert find(lambda at, moved=moved: 2 * ((at + moved) % n), 777_777, n) == -1


@pytest.mark.perf
@pytest.mark.stage(2)
def test_thousands_of_wide_ranges(rng):
    starts = [2 * rng.randrange(20_000) for _ in range(8_000)]
    queries = [(start - 1, start + 60_000) for start in starts]
    assert count_ranges(list(range(0, 120_000, 2)), queries) == [30_001] * 8_000
    assert count_ranges([5] * 60_000, [(5, 5), (6, 9)] * 400) == [60_000, 0] * 400
