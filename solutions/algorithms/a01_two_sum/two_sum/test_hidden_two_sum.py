"""Hidden suite of two_sum: small lists against all pairs, invariants, planted pairs at size."""

import pytest

from graders.kit import call_many
from two_sum import count_pairs, find_pair


def all_pairs(nums, target):
    """Return every pair (i, j) in the order in which find_pair prefers them."""
    return [(i, j) for j in range(len(nums)) for i in range(j) if nums[i] + nums[j] == target]


def small_cases(rng, count):
    """Return (nums, target) with few distinct values, so that ties and repeats abound."""
    cases = []
    for _ in range(count):
        reach = rng.choice([1, 3, 8, 30])
        nums = [rng.randint(-reach, reach) for _ in range(rng.randint(0, 14))]
        cases.append((nums, rng.randint(-2 * reach, 2 * reach)))
    return cases


def planted(rng, size):
    """Return (nums, target, pair): multiples of 4 can not reach 2 mod 4, only the pair does."""
    nums = [4 * rng.randint(-(10**11), 10**11) for _ in range(size)]
    i, j = sorted(rng.sample(range(size), 2))
    nums[i] = 4 * rng.randint(-(10**11), 10**11) + 1
    nums[j] = 4 * rng.randint(-(10**11), 10**11) + 1
    return nums, nums[i] + nums[j], (i, j)


def test_finds_the_first_of_all_pairs(rng):
    cases = small_cases(rng, 400)
    for (nums, target), got in zip(cases, call_many(find_pair, cases), strict=True):
        expected = next(iter(all_pairs(nums, target)), None)
        assert got == expected, f"find_pair({nums}, {target})"


def test_counts_all_pairs(rng):
    cases = small_cases(rng, 400)
    for (nums, target), got in zip(cases, call_many(count_pairs, cases), strict=True):
        assert got == len(all_pairs(nums, target)), f"count_pairs({nums}, {target})"


def test_finds_a_planted_pair_of_large_values(rng):
    cases = [planted(rng, rng.randint(2, 60)) for _ in range(60)]
    calls = [(nums, target) for nums, target, _ in cases]
    for (nums, target, pair), got in zip(cases, call_many(find_pair, calls), strict=True):
        assert got == pair, f"find_pair({nums}, {target})"
    assert call_many(count_pairs, calls) == [1] * len(calls)


def test_the_count_depends_on_neither_order_nor_shift(rng):
    for nums, target in small_cases(rng, 40):
        shuffled = rng.sample(nums, len(nums))
        shift = rng.randint(-(10**11), 10**11)
        variants = [
            (nums, target),
            (shuffled, target),
            ([shift + value for value in nums], 2 * shift + target),
            ([-value for value in nums], -target),
        ]
        counts = call_many(count_pairs, variants)
        assert counts == counts[:1] * 4, f"counts {counts} of {variants}"
        assert (find_pair(shuffled, target) is None) == (counts[0] == 0)


@pytest.mark.perf
def test_finds_the_only_pair_of_100_000_values(rng):
    nums, target, pair = planted(rng, 100_000)
    assert find_pair(nums, target) == pair


@pytest.mark.perf
def test_counts_pairs_of_repeated_values(rng):
    nums = [value for value in range(10_000) for _ in range(10)]
    rng.shuffle(nums)
    # 5,000 pairs of values (v, 9,999 - v), each value at 10 positions.
    assert count_pairs(nums, 9_999) == 5_000 * 10 * 10
