"""Hidden suite of boyer_moore: tables by their definition, hits by slices, reads counted."""

import pytest

from boyer_moore import (
    find_all,
    find_all_reader,
    good_suffix,
    horspool_find_all,
    horspool_shifts,
    last_occurrence,
)
from graders.kit import call_many, counted


def word(rng, length, letters="ab"):
    """Return a random word, half of the time a repetition with a fault."""
    if rng.random() < 0.5:
        return "".join(rng.choice(letters) for _ in range(length))
    piece = "".join(rng.choice(letters) for _ in range(rng.randint(1, 4)))
    repeated = list((piece * length)[:length])
    repeated[rng.randrange(length)] = rng.choice(letters)
    return "".join(repeated)


def starts(text, pattern):
    """Return all positions of a pattern by comparing slices."""
    return [i for i in range(len(text)) if text[i : i + len(pattern)] == pattern]


def shift(pattern, j):
    """Return entry j of the good suffix table by its definition."""

    def fits(s):
        again = all(pattern[i - s] == pattern[i] for i in range(max(j, s), len(pattern)))
        before = j - 1 - s
        return again and (j == 0 or before < 0 or pattern[before] != pattern[j - 1])

    return next(s for s in range(1, len(pattern) + 1) if fits(s))


def check_search(search, pattern, text):
    """Check hits and places read; return the number of reads."""
    outside = []

    def char_at(at):
        if 0 <= at < len(text):
            return text[at]
        outside.append(at)
        return ""

    read = counted(char_at)
    got = search(pattern, len(text), read)
    assert not outside, f"{pattern!r} in {text!r}: character {outside[0]} was read"
    assert got == starts(text, pattern), f"{pattern!r} in {text!r}"
    return read.calls


def texts(rng, count):
    """Return random patterns and texts in which they mostly occur."""
    for _ in range(count):
        text = word(rng, rng.randint(1, 30), rng.choice(("ab", "ab", "abc")))
        at = rng.randrange(len(text))
        yield text[at : at + rng.randint(1, 7)], text


@pytest.mark.stage(1)
def test_horspool_agrees_with_comparing_slices(rng):
    for pattern, text in texts(rng, 25):
        want = {c: len(pattern) - 1 - pattern.rindex(c, 0, -1) for c in pattern[:-1]}
        assert horspool_shifts(pattern) == want, f"horspool_shifts({pattern!r})"
        check_search(horspool_find_all, pattern, text)


@pytest.mark.stage(2)
def test_tables_are_what_their_definitions_say(rng):
    patterns = [word(rng, rng.randint(1, 16), rng.choice(("ab", "abc"))) for _ in range(80)]
    calls = [(each,) for each in patterns]
    for pattern, got in zip(patterns, call_many(good_suffix, calls), strict=True):
        want = [shift(pattern, j) for j in range(len(pattern) + 1)]
        assert got == want, f"good_suffix({pattern!r})"
    for pattern, got in zip(patterns, call_many(last_occurrence, calls), strict=True):
        assert got == {c: pattern.rindex(c) for c in pattern}, f"last_occurrence({pattern!r})"


@pytest.mark.stage(3)
def test_the_reader_agrees_with_comparing_slices_and_reads_little(rng):
    for pattern, text in texts(rng, 40):
        calls = check_search(find_all_reader, pattern, text)
        most = 4 * len(text) + len(pattern)
        assert calls <= most, f"{pattern!r} in {text!r}: {calls} reads, at most {most} allowed"


@pytest.mark.stage(3)
def test_the_reader_is_linear_on_repetitions(rng):
    for _ in range(3):
        piece = "a" * rng.randint(1, 3) + "b" * rng.randint(0, 2)
        text = (piece * 200)[:200]
        pattern = text[: rng.randint(20, 60)]
        calls = check_search(find_all_reader, pattern, text)
        assert calls <= 800 + len(pattern), f"{piece!r} repeated: {calls} reads of 200 characters"


@pytest.mark.stage(4)
def test_lists_agree_with_comparing_slices(rng):
    cases = []
    for pattern, text in texts(rng, 120):
        numbers = {"a": 2**70, "b": -1, "c": 0}
        cases.append(([numbers[c] for c in text], [numbers[c] for c in pattern]))
    for (text, pattern), got in zip(cases, call_many(find_all, cases), strict=True):
        assert got == starts(text, pattern), f"find_all({text}, {pattern})"
