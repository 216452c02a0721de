"""Hidden suite of binary_search_program: random lists and ranges against counting each value."""

import pytest

from graders.kit import assert_output, run_program


def as_input(values, questions):
    """Return the input text of a list and its questions."""
    lines = [f"{len(values)} {len(questions)}", " ".join(map(str, values))]
    lines += [f"{a} {b}" for a, b in questions]
    return "\n".join(lines) + "\n"


def by_counting(values, questions):
    """Return what must be printed, by looking at each value."""
    return "".join(f"{sum(a <= value <= b for value in values)}\n" for a, b in questions)


def test_random_lists_agree_with_counting(rng):
    for size in (0, 1, 2, 3, 8, 40, 100):
        reach = rng.choice([3, 30, 10**9 - 1])
        values = sorted(rng.randint(-reach, reach) for _ in range(size))
        ends = [rng.randint(-reach - 1, reach + 1) for _ in range(120)]
        questions = list(zip(ends[::2], ends[1::2], strict=True))
        assert_output(run_program(as_input(values, questions)), by_counting(values, questions))


def test_every_value_is_an_end_of_a_range(rng):
    values = sorted(rng.randint(-20, 20) for _ in range(30))
    questions = [(a, b) for a in range(-21, 22, 2) for b in range(-21, 22, 3)]
    assert_output(run_program(as_input(values, questions)), by_counting(values, questions))


@pytest.mark.perf
def test_ranges_of_many_equal_values(rng):
    values = sorted([rng.randint(1, 3) for _ in range(99_990)] + [0] * 5 + [4] * 5)
    questions = [(1, 3), (0, 3), (1, 4), (0, 4), (4, 4), (5, 9)] * 5_000
    counted = "99990\n99995\n99995\n100000\n5\n0\n"
    assert_output(run_program(as_input(values, questions)), counted * 5_000)
