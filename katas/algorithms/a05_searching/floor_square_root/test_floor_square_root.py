"""What floor_square_root must do: small numbers, squares and their neighbours, long numbers."""

import pytest

from floor_square_root import floor_root
from graders.kit import call_many


def test_roots_of_the_examples():
    assert floor_root(24) == 4
    assert floor_root(25) == 5
    assert floor_root(26) == 5


def test_the_smallest_numbers_have_roots_too():
    assert [floor_root(n) for n in (0, 1, 2, 3, 4)] == [0, 1, 1, 1, 2]


def test_around_every_square_up_to_that_of_40():
    numbers = [r * r + step for r in range(2, 41) for step in (-1, 0, 1)]
    expected = [r + min(step, 0) for r in range(2, 41) for step in (-1, 0, 1)]
    assert call_many(floor_root, [(n,) for n in numbers]) == expected


def test_a_negative_number_has_no_root():
    for n in (-1, -25):
        with pytest.raises(ValueError):
            floor_root(n)


@pytest.mark.perf
def test_long_numbers_to_the_last_digit():
    assert floor_root(10**30) == 10**15
    assert floor_root(10**30 - 1) == 10**15 - 1
    assert floor_root(2**98 - 1) == 2**49 - 1


@pytest.mark.perf
def test_around_two_hundred_long_squares(rng):
    roots = [rng.randrange(10**14, 10**15) for _ in range(100)]
    numbers = [(r * r - 1,) for r in roots] + [(r * r,) for r in roots]
    assert call_many(floor_root, numbers) == [r - 1 for r in roots] + roots
