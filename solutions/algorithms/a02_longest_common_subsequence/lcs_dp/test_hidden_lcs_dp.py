"""Hidden suite of lcs_dp: short strings against all subsequences, invariants, random DNA."""

import pytest

from graders.kit import call_many
from lcs_dp import all_lcs, lcs, lcs_length

ALPHABETS = ["AB", "ACGT", "aA \u00e9", "\u0301e\u00e9\U0001f600", "abcdefgh"]


def subsequences(text):
    """Return the set of all subsequences of a short string."""
    found = {""}
    for letter in text:
        found |= {head + letter for head in found}
    return found


def longest_common(a, b):
    """Return all longest common subsequences, by looking at all common ones."""
    common = subsequences(a) & subsequences(b)
    length = max(map(len, common))
    return sorted(text for text in common if len(text) == length)


def short_pairs(rng, count, size):
    """Return pairs of strings of at most `size` characters over small alphabets."""
    pairs = []
    for _ in range(count):
        letters = rng.choice(ALPHABETS)
        pairs.append(tuple("".join(rng.choices(letters, k=rng.randint(0, size))) for _ in "ab"))
    return pairs


@pytest.mark.stage(1)
def test_length_agrees_with_all_subsequences(rng):
    pairs = short_pairs(rng, 100, 7)
    for (a, b), got in zip(pairs, call_many(lcs_length, pairs), strict=True):
        assert got == len(longest_common(a, b)[0]), f"lcs_length({a!r}, {b!r})"


@pytest.mark.stage(1)
def test_length_is_symmetric_and_grows_by_a_shared_end(rng):
    for a, b in short_pairs(rng, 30, 6):
        variants = [(a, b), (b, a), (a + "x", b + "x"), ("x" + a, "x" + b)]
        length, swapped, longer, longer_in_front = call_many(lcs_length, variants)
        assert (swapped, longer, longer_in_front) == (length, length + 1, length + 1), (a, b)


@pytest.mark.stage(2)
def test_string_is_one_of_the_longest(rng):
    pairs = short_pairs(rng, 100, 7)
    for (a, b), got in zip(pairs, call_many(lcs, pairs), strict=True):
        assert got in longest_common(a, b), f"lcs({a!r}, {b!r})"


@pytest.mark.stage(3)
def test_all_strings_agree_with_all_subsequences(rng):
    pairs = short_pairs(rng, 60, 8)
    for (a, b), got in zip(pairs, call_many(all_lcs, pairs), strict=True):
        assert got == longest_common(a, b), f"all_lcs({a!r}, {b!r})"


@pytest.mark.perf
@pytest.mark.stage(2)
def test_string_and_length_of_random_dna(rng):
    a, b = ("".join(rng.choices("ACGT", k=60)) for _ in "ab")
    found = lcs(a, b)
    assert len(found) == lcs_length(b, a)
    for text in (a, b):
        rest = iter(text)
        assert all(letter in rest for letter in found), "not a common subsequence"


@pytest.mark.perf
@pytest.mark.stage(3)
def test_all_strings_of_12_characters(rng):
    for letters, rest in [("ACGT", ("", "")), ("XYZ", ("ABCDEFGHI", "abcdefghi"))]:
        a, b = ("".join(rng.choices(letters, k=12 - len(end))) + end for end in rest)
        assert all_lcs(a, b) == longest_common(a, b)
