"""Hidden suite of lcs_program: pairs as in lcs_dp's, against all subsequences; random lines."""

import string

import pytest

from graders.kit import assert_output, run_program

ALPHABETS = ["AB", "ACGT", "aA .", "abcdefgh", "  x"]


def as_input(pairs):
    """Return the input text of pairs of strings."""
    return "".join(f"{a}\n{b}\n" for a, b in pairs)


def subsequences(text):
    """Return the set of all subsequences of a short string."""
    found = {""}
    for letter in text:
        found |= {head + letter for head in found}
    return found


def length_by_all(a, b):
    """Return the length of the longest common subsequences, by looking at all common ones."""
    return max(map(len, subsequences(a) & subsequences(b)))


def short_pairs(rng, count, size):
    """Return pairs of strings of at most `size` characters over small alphabets."""
    pairs = []
    for _ in range(count):
        letters = rng.choice(ALPHABETS)
        pairs.append(tuple("".join(rng.choices(letters, k=rng.randint(0, size))) for _ in "ab"))
    return pairs


def test_prints_the_length_of_all_subsequences(rng):
    pairs = short_pairs(rng, 150, 7)
    expected = "".join(f"{length_by_all(a, b)}\n" for a, b in pairs)
    assert_output(run_program(as_input(pairs)), expected)


def test_a_shared_end_adds_one(rng):
    pairs = short_pairs(rng, 40, 7)
    longer = [(a + "!", b + "!") for a, b in pairs]
    swapped = [(b, a) for a, b in pairs]
    plain, more, turned = (list(map(int, run_program(as_input(each)).tokens))
                           for each in (pairs, longer, swapped))
    assert more == [length + 1 for length in plain]
    assert turned == plain


def test_any_printable_character_counts():
    letters = string.printable[:95]
    pairs = [(letters, letters), *((each, each) for each in letters)]
    assert_output(run_program(as_input(pairs)), "95\n" + "1\n" * 95)


@pytest.mark.perf
def test_random_lines_and_a_planted_string(rng):
    shared = "".join(rng.choices("ACGT", k=400))
    a = "".join(letter + rng.choice("wxyz ") for letter in shared)
    b = "".join(rng.choice("1234") + letter for letter in shared)
    assert_output(run_program(as_input([(a, b), ("", ""), (b[:300], a[:300])])), "400\n0\n150\n")
