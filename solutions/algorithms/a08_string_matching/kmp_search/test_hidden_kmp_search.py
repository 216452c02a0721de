"""Hidden suite of kmp_search: borders by their definition, hits by slices, streams cut anyhow."""

import pytest

from graders.kit import call_many, replay
from kmp_search import StreamMatcher, find_all, prefix_function, shortest_period


def word(rng, length, letters="ab"):
    """Return a random word, half of the time a repetition with a fault or two."""
    if rng.random() < 0.5:
        return "".join(rng.choice(letters) for _ in range(length))
    piece = "".join(rng.choice(letters) for _ in range(rng.randint(1, 4)))
    repeated = list((piece * length)[:length])
    for _ in range(rng.randint(0, 2)):
        if repeated:
            repeated[rng.randrange(length)] = rng.choice(letters)
    return "".join(repeated)


def borders(pattern):
    """Return the longest borders by their definition."""
    heads = [pattern[: i + 1] for i in range(len(pattern))]
    return [max(k for k in range(len(h)) if h[:k] == h[len(h) - k :]) for h in heads]


def starts(text, pattern):
    """Return all positions of a pattern by comparing slices."""
    return [i for i in range(len(text)) if text[i : i + len(pattern)] == pattern]


def cut(rng, text):
    """Return a text in random chunks, some of them empty."""
    chunks = []
    while text:
        size = rng.choice((0, 1, 1, 2, 3, 9))
        chunks.append(text[:size])
        text = text[size:]
    return chunks


@pytest.mark.stage(1)
def test_borders_are_the_longest_by_definition(rng):
    patterns = [word(rng, rng.randint(0, 24), rng.choice(("ab", "abc"))) for _ in range(80)]
    for pattern, got in zip(
        patterns, call_many(prefix_function, [(p,) for p in patterns]), strict=True
    ):
        assert got == borders(pattern), f"prefix_function({pattern!r})"
    for pattern in patterns[:10]:
        numbers = [ord(letter) ** 20 for letter in pattern]
        assert prefix_function(numbers) == borders(pattern), f"prefix_function({numbers})"


@pytest.mark.stage(1)
def test_periods_are_the_shortest_by_definition(rng):
    texts = [word(rng, rng.randint(1, 24)) for _ in range(80)]
    for text, got in zip(
        texts, call_many(shortest_period, [(each,) for each in texts]), strict=True
    ):
        want = next(p for p in range(1, len(text) + 1) if text[p:] == text[:-p])
        assert got == want, f"shortest_period({text!r})"


@pytest.mark.stage(2)
def test_hits_are_those_of_comparing_slices(rng):
    cases = []
    for _ in range(100):
        text = [rng.choice((-1, 2**70)) for _ in range(rng.randint(0, 40))]
        at, size = rng.randint(0, len(text)), rng.randint(1, 6)
        cases.append((text, text[at : at + size] or [2**70]))
    for (text, pattern), got in zip(cases, call_many(find_all, cases), strict=True):
        assert got == starts(text, pattern), f"find_all({text}, {pattern})"


@pytest.mark.stage(2)
def test_a_pattern_is_found_twice_in_itself_doubled(rng):
    for _ in range(20):
        pattern = [rng.randint(0, 1) for _ in range(rng.randint(1, 30))]
        got = find_all(pattern * 2, pattern)
        assert got == starts(pattern * 2, pattern), f"find_all({pattern * 2}, {pattern})"


@pytest.mark.stage(3)
def test_streams_answer_alike_however_they_are_cut(rng):
    for _ in range(40):
        text = word(rng, rng.randint(1, 40))
        at = rng.randrange(len(text))
        pattern = text[at : at + rng.randint(1, 7)]
        chunks = cut(rng, text)
        got = replay(StreamMatcher(pattern), [("feed", chunk) for chunk in chunks])
        read, told = 0, []
        for chunk in chunks:
            done = range(read - len(pattern) + 1, read + len(chunk) - len(pattern) + 1)
            told.append([start for start in starts(text, pattern) if start in done])
            read += len(chunk)
        assert got == told, f"StreamMatcher({pattern!r}) fed with {chunks}"
