"""Knuth–Morris–Pratt: an automaton made of borders, which reads each item of the text once."""

from collections.abc import Iterable, Iterator, Sequence


def prefix_function(pattern: str | list[int]) -> list[int]:
    """Return for each position i the length of the longest border of the first i + 1 items."""
    borders = [0] * len(pattern)
    matched = 0
    for at in range(1, len(pattern)):
        while matched and pattern[matched] != pattern[at]:
            matched = borders[matched - 1]
        matched += pattern[matched] == pattern[at]
        borders[at] = matched
    return borders


def shortest_period(text: str) -> int:
    """Return the least p >= 1 such that any two characters p apart are equal."""
    if not text:
        raise ValueError("an empty text has no period")
    return len(text) - prefix_function(text)[-1]


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    """Return all positions of `pattern` in `text`, ascending; they may overlap."""
    return list(_Automaton(pattern).read(text))


class StreamMatcher:
    """Looks for a pattern in text that arrives in chunks."""

    def __init__(self, pattern: str) -> None:
        """Look for `pattern`; ValueError if it is empty."""
        self._automaton = _Automaton(pattern)

    def feed(self, chunk: str) -> list[int]:
        """Return where the occurrences start that this chunk completes, ascending."""
        return list(self._automaton.read(chunk))


class _Automaton:
    """Knows how many items of the pattern the text read so far ends in."""

    def __init__(self, pattern: str | list[int]) -> None:
        if not pattern:
            raise ValueError("an empty pattern occurs everywhere")
        self._pattern: Sequence[object] = pattern
        self._borders = prefix_function(pattern)
        self._matched = 0
        self._read = 0

    def read(self, items: Iterable[object]) -> Iterator[int]:
        """Yield the start of each occurrence that one of these items completes."""
        pattern, borders, matched = self._pattern, self._borders, self._matched
        whole = len(pattern)
        for item in items:
            self._read += 1
            while matched and (matched == whole or pattern[matched] != item):
                matched = borders[matched - 1]
            matched += pattern[matched] == item
            if matched == whole:
                yield self._read - whole
        self._matched = matched
