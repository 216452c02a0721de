"""Hidden suite of binary_search: all short cases, random long ones, counts by looking at each."""

import pytest

from binary_search import count_ranges, equal_range, find_rotated, first_true
from graders.kit import call_many, counted


def search(low, high, answer):
    """Return what first_true finds, after a check of what it asked."""
    asked = []

    def holds(number):
        asked.append(number)
        return number >= answer

    found = first_true(low, high, counted(holds, limit=200))
    assert all(low <= number < high for number in asked), f"first_true({low}, {high}) left it"
    assert len(asked) <= (high - low).bit_length(), f"first_true({low}, {high}): {len(asked)} asked"
    return found


def find(numbers, x, n=None):
    """Return where find_rotated finds x, after a check of what it read.

    `numbers` is a list, or a function from n positions to numbers.
    """
    n = len(numbers) if n is None else n
    asked = []

    def read(at):
        asked.append(at)
        if not 0 <= at < n:
            return 0
        return numbers(at) if callable(numbers) else numbers[at]

    found = find_rotated(n, counted(read, limit=200), x)
    assert all(0 <= at < n for at in asked), f"find_rotated({n}, …, {x}) read outside"
    assert len(asked) <= 150, f"find_rotated({n}, …, {x}) read {len(asked)} times"
    return found


def sorted_values(rng, n, span):
    """Return n ascending numbers, many of them equal when the span is small."""
    return sorted(rng.randint(-span, span) for _ in range(n))


@pytest.mark.stage(1)
def test_every_answer_of_ranges_up_to_eight(rng):
    for size in range(9):
        low = rng.randint(-20, 20)
        for answer in range(low, low + size + 1):
            assert search(low, low + size, answer) == answer


@pytest.mark.stage(1)
def test_random_answers_in_long_ranges(rng):
    for _ in range(12):
        low = rng.randint(-(10**18), 10**18)
        high = low + rng.randint(1, 10**18)
        answer = rng.randint(low, high)
        assert search(low, high, answer) == answer
    power = 2 ** rng.randint(54, 59)
    assert search(0, power - 1, power - 2) == power - 2
    assert search(0, power, 0) == 0


@pytest.mark.stage(2)
def test_bounds_divide_the_list(rng):
    cases = []
    for _ in range(60):
        values = sorted_values(rng, rng.randint(0, 12), rng.choice([2, 6, 10**15]))
        cases.append((values, rng.choice([*values, rng.randint(-7, 7)])))
    for (values, x), got in zip(cases, call_many(equal_range, cases), strict=True):
        expected = (sum(v < x for v in values), sum(v <= x for v in values))
        assert got == expected, f"equal_range({values}, {x})"


@pytest.mark.stage(2)
def test_counts_agree_with_looking_at_each_value(rng):
    for _ in range(20):
        values = sorted_values(rng, rng.randint(0, 15), rng.choice([3, 9]))
        queries = [(rng.randint(-10, 10), rng.randint(-10, 10)) for _ in range(15)]
        expected = [sum(a <= v <= b for v in values) for a, b in queries]
        assert count_ranges(values, queries) == expected, f"count_ranges({values}, {queries})"


@pytest.mark.stage(3)
def test_every_rotation_of_short_lists(rng):
    for n in range(1, 6):
        numbers = sorted(rng.sample(range(-50, 50), n))
        for moved in range(n):
            turned = numbers[moved:] + numbers[:moved]
            for at, x in enumerate(turned):
                assert find(turned, x) == at, f"find_rotated: {x} in {turned}"
            missing = rng.choice([x for x in range(-60, 60) if x not in numbers])
            assert find(turned, missing) == -1, f"find_rotated: {missing} in {turned}"


@pytest.mark.stage(3)
def test_random_rotations_of_long_lists(rng):
    for _ in range(12):
        n = rng.randint(2, 1_000_000)
        moved, at, step = rng.randrange(n), rng.randrange(n), rng.randint(2, 10**6)

        def number_at(at, n=n, moved=moved, step=step):
            return (at + moved) % n * step - 10**9

        assert find(number_at, number_at(at), n) == at
        assert find(number_at, number_at(at) + 1, n) == -1
    assert find(number_at, -(10**9) - 1, n) == -1
    assert find(number_at, n * step, n) == -1
