"""Hidden suite of three_sum: short lists against all triples, invariants, planted triples."""

from itertools import combinations

from graders.kit import call_many
from three_sum import closest_sum, unique_triples


def all_triples(nums, target):
    """Return the sorted triples of values that add up to the target, by trying all positions."""
    return sorted({triple for triple in combinations(sorted(nums), 3) if sum(triple) == target})


def nearest(nums, target):
    """Return the closest sum, the smaller on a tie, by trying all positions."""
    return min(map(sum, combinations(nums, 3)), key=lambda total: (abs(total - target), total))


def small_cases(rng, count, least):
    """Return (nums, target) with few different values, so that ties and repeats abound."""
    cases = []
    for _ in range(count):
        reach = rng.choice([1, 3, 8, 30])
        shift = rng.choice([0, 0, 20, -20])
        nums = [shift + rng.randint(-reach, reach) for _ in range(rng.randint(least, 12))]
        cases.append((nums, 3 * shift + rng.randint(-2 * reach, 2 * reach)))
    return cases


def test_triples_agree_with_all_positions(rng):
    cases = small_cases(rng, 150, 0)
    for (nums, target), got in zip(cases, call_many(unique_triples, cases), strict=True):
        assert got == all_triples(nums, target), f"unique_triples({nums}, {target})"


def test_triples_depend_on_no_order_and_follow_the_sign(rng):
    for nums, target in small_cases(rng, 30, 3):
        variants = [
            (nums, target),
            (rng.sample(nums, len(nums)), target),
            ([-value for value in nums], -target),
        ]
        plain, shuffled, negated = call_many(unique_triples, variants)
        assert plain == shuffled, f"unique_triples of {variants[:2]}"
        assert negated == sorted((-c, -b, -a) for a, b, c in plain), f"of {variants[::2]}"


def test_the_closest_sum_agrees_with_all_positions(rng):
    cases = small_cases(rng, 150, 3)
    for (nums, target), got in zip(cases, call_many(closest_sum, cases), strict=True):
        assert got == nearest(nums, target), f"closest_sum({nums}, {target})"


def test_finds_the_one_planted_triple(rng):
    nums = [8 * rng.randint(-(10**9), 10**9) for _ in range(80)]
    planted = [8 * rng.randint(-(10**9), 10**9) + 1 for _ in range(3)]
    # All others are divisible by 8, so only the three of the form 8k + 1 make 3 modulo 8.
    for place, value in zip(rng.sample(range(80), 3), planted, strict=True):
        nums[place] = value
    assert unique_triples(nums, sum(planted)) == [tuple(sorted(planted))]


def test_the_closest_sum_of_large_values_with_equal_gaps(rng):
    gap = rng.randint(10**8, 10**9)
    nums = [gap * (x - 20) for x in range(40)]
    rng.shuffle(nums)
    k = rng.randint(-30, 30)
    assert closest_sum(nums, gap * k + gap // 3) == gap * k
    assert closest_sum(nums, gap * k - gap // 3) == gap * k
