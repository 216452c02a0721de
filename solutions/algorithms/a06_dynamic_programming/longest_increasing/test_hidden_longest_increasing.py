"""Hidden suite of longest_increasing: every subsequence of short lists, bounds on long ones."""

from itertools import combinations, pairwise

import pytest

from graders.kit import call_many
from longest_increasing import count_lis, lis, lis_length


def rises(values, strict):
    """Return whether the values increase."""
    return all(a < b or (a == b and not strict) for a, b in pairwise(values))


def longest(seq, strict):
    """Return the longest increasing subsequences, one for each choice of positions."""
    for size in range(len(seq), 0, -1):
        found = [list(values) for values in combinations(seq, size) if rises(values, strict)]
        if found:
            return found
    return []


def short_lists(rng, count):
    """Return lists of up to 8 numbers, many of them equal."""
    return [rng.choices(range(-2, rng.randint(0, 7)), k=rng.randint(0, 8)) for _ in range(count)]


@pytest.mark.stage(1)
def test_length_agrees_with_all_subsequences(rng):
    calls = [(seq, strict) for seq in short_lists(rng, 50) for strict in (True, False)]
    for (seq, strict), got in zip(calls, call_many(lis_length, calls), strict=True):
        expected = len((longest(seq, strict) or [[]])[0])
        assert got == expected, f"lis_length({seq}, {strict})"


@pytest.mark.stage(2)
def test_sequence_is_one_of_the_longest(rng):
    calls = [(seq, strict) for seq in short_lists(rng, 50) for strict in (True, False)]
    for (seq, strict), got in zip(calls, call_many(lis, calls), strict=True):
        assert got in (longest(seq, strict) or [[]]), f"lis({seq}, {strict})"


@pytest.mark.stage(3)
def test_number_agrees_with_all_subsequences(rng):
    calls = [(seq,) for seq in short_lists(rng, 80)]
    for (seq,), got in zip(calls, call_many(count_lis, calls), strict=True):
        assert got == len(longest(seq, True)), f"count_lis({seq})"


@pytest.mark.perf
@pytest.mark.stage(2)
def test_sequence_from_random_numbers(rng):
    seq = rng.choices(range(5_000), k=10_000)
    for strict in (True, False):
        found = lis(seq, strict)
        assert rises(found, strict)
        rest = iter(seq)
        assert all(value in rest for value in found), "not a subsequence"
        # Where an increasing one ends, a falling one begins (Erdos and Szekeres).
        falling = lis_length([-value for value in seq], not strict)
        assert len(found) * falling >= len(seq)
        assert len(found) == lis_length(seq, strict)
