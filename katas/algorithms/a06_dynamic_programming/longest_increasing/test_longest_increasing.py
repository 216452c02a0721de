"""What longest_increasing must do: the length, one sequence, and the number of them."""

from itertools import combinations, pairwise

import pytest

from graders.kit import checked
from longest_increasing import count_lis, lis, lis_length

REVERSED_BITS = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]


def assert_lis(seq, length, strict=True):
    """Assert that lis finds an increasing subsequence of this length."""
    call = f"lis({seq if len(seq) < 20 else '...'}, {strict})"
    found = lis(seq, strict)
    shown = found if len(found) < 20 else "the result"
    assert len(found) == length, f"{call} has {len(found)} elements, expected {length}"
    rest = iter(seq)
    assert all(value in rest for value in found), f"{call}: {shown} is no subsequence"
    rises = (a < b or (a == b and not strict) for a, b in pairwise(found))
    assert all(rises), f"{call}: {shown} does not increase"


def waves(rng, count):
    """Return a list of 4 * count numbers whose longest increasing subsequences have count."""
    falls = rng.choices([four[::-1] for four in combinations(range(9), 4)], k=count)
    return [base * 9 + fall for base, four in enumerate(falls) for fall in four]


@pytest.mark.stage(1)
def test_lengths_of_the_examples():
    assert lis_length([10, 9, 2, 5, 3, 7, 101, 18]) == 4
    assert lis_length(REVERSED_BITS) == 6
    assert lis_length([3, 1, 2]) == 2
    assert lis_length([]) == 0


@pytest.mark.stage(1)
def test_equal_values_follow_each_other_if_not_strict():
    assert lis_length([7, 7, 7]) == 1
    assert lis_length([7, 7, 7], strict=False) == 3
    assert lis_length([2, 1, 2, 1, 2], False) == 3
    assert lis_length([2, 1, 2, 1, 2], True) == 2
    assert lis_length([5, 1, 5, 4, 4], False) == 3


@pytest.mark.stage(1)
def test_neighbours_need_not_increase():
    assert lis_length([1, 9, 2, 8, 3, 7, 4]) == 4
    assert lis_length([4, 10, 4, 3, 8, 9]) == 3
    assert lis_length([9, 1, 2, 3]) == 3


@pytest.mark.stage(1)
def test_falling_and_rising_lists():
    assert lis_length([5, 4, 3, 2, 1]) == 1
    assert lis_length([5, 4, 3, 2, 1], False) == 1
    assert lis_length([-3, -1, 0, 2, 10**30]) == 5
    assert lis_length([4]) == 1


@pytest.mark.stage(2)
def test_sequences_of_the_examples():
    assert lis([3, 1, 2]) == [1, 2]
    assert_lis([10, 9, 2, 5, 3, 7, 101, 18], 4)
    assert_lis(REVERSED_BITS, 6)
    assert lis([]) == []


@pytest.mark.stage(2)
def test_a_late_small_value_is_not_put_in_front():
    assert lis([2, 5, 3, 7, 1]) in ([2, 5, 7], [2, 3, 7])
    assert lis([3, 5, 6, 1, 5]) == [3, 5, 6]
    assert lis([4, 6, 8, 5, 1]) == [4, 6, 8]


@pytest.mark.stage(2)
def test_sequences_with_equal_values():
    assert lis([7, 7, 7], strict=False) == [7, 7, 7]
    assert lis([7, 7, 7]) == [7]
    assert lis([2, 1, 2, 1, 2], False) in ([2, 2, 2], [1, 1, 2], [1, 2, 2])
    assert_lis([1, 3, 3, 2, 2, 3, 1], 4, strict=False)


@pytest.mark.stage(2)
def test_the_list_stays_as_it_was():
    found, (after,) = checked(lis, [8, 2, 9, 1])
    assert found in ([8, 9], [2, 9])
    assert after == [8, 2, 9, 1]


@pytest.mark.stage(3)
def test_numbers_of_the_examples():
    assert count_lis([1, 3, 5, 4, 7]) == 2
    assert count_lis([2, 2, 2]) == 3
    assert count_lis([]) == 0
    assert count_lis([6]) == 1


@pytest.mark.stage(3)
def test_positions_tell_sequences_apart():
    assert count_lis([1, 1, 2]) == 2
    assert count_lis([1, 2, 2, 2]) == 3
    assert count_lis([1, 1, 2, 2]) == 4
    assert count_lis([1, 2, 1, 2]) == 3


@pytest.mark.stage(3)
def test_ways_add_up_along_the_sequence():
    assert count_lis([2, 1, 4, 3, 6, 5]) == 8
    assert count_lis([1, 3, 2, 4]) == 2
    assert count_lis([5, 6, 1, 2, 3]) == 1
    assert count_lis([3, 2, 1]) == 3


@pytest.mark.perf
@pytest.mark.stage(1)
def test_the_length_for_twenty_thousand_elements(rng):
    assert lis_length(waves(rng, 5_000)) == 5_000


@pytest.mark.perf
@pytest.mark.stage(2)
def test_a_sequence_from_twenty_thousand_elements(rng):
    assert_lis(waves(rng, 5_000), 5_000)


@pytest.mark.perf
@pytest.mark.stage(3)
def test_the_number_for_a_thousand_elements():
    pairs = [value for low in range(0, 1_000, 2) for value in (low + 1, low)]
    assert count_lis(pairs) == 2**500
