"""Independent solution of kmp_search: by the Z function; the stream by strong failure links.

z[i] is the length of the longest common beginning of the whole and of what starts at i. Borders,
periods and occurrences can all be read from it.
"""

from collections.abc import Sequence


def _common(
    pattern: Sequence[object], text: Sequence[object], z: list[int], start: int
) -> list[int]:
    """Return for each place of `text` from `start` on how much of `pattern` begins there.

    `z` holds the same for the pattern itself. It may be the list that is being returned, which is
    then filled; entries before `start` have to be there. The places before `start` are 0.
    """
    size = len(pattern)
    own = pattern is text
    result = z if own else [0] * start
    begin = end = start
    for i in range(start, len(text)):
        length = 0
        if i < end:
            length = min(z[i - begin], end - i)
        if i + length >= end:
            while length < size and i + length < len(text) and (
                pattern[length] == text[i + length]
            ):
                length += 1
            begin, end = i, i + length
        result.append(length)
    return result


def _z_function(pattern: Sequence[object]) -> list[int]:
    """Return the Z function of a pattern; at place 0 it is the length of the whole."""
    if not pattern:
        return []
    return _common(pattern, pattern, [len(pattern)], 1)


def prefix_function(pattern: str | list[int]) -> list[int]:
    """Return for each position i the length of the longest border of the first i + 1 items."""
    borders = [0] * len(pattern)
    covered = 1
    for i, length in enumerate(_z_function(pattern)):
        if i == 0:
            continue
        # Whatever an earlier start reaches has a longer border already.
        for position in range(max(covered, i), i + length):
            borders[position] = position - i + 1
        covered = max(covered, i + length)
    return borders


def shortest_period(text: str) -> int:
    """Return the least p >= 1 such that any two characters p apart are equal.

    At most the length of the text, which must not be empty: ValueError.
    """
    if not text:
        raise ValueError("an empty text has no period")
    size = len(text)
    return next((p for p, z in enumerate(_z_function(text)) if p and p + z == size), size)


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    """Return all positions of `pattern` in `text`, ascending; they may overlap.

    ValueError if the pattern is empty.
    """
    if not pattern:
        raise ValueError("the pattern is empty")
    if text is pattern:
        return [0]
    size = len(pattern)
    return [i for i, z in enumerate(_common(pattern, text, _z_function(pattern), 0)) if z == size]


class StreamMatcher:
    """Looks for a pattern in text that arrives in chunks."""

    def __init__(self, pattern: str) -> None:
        """Look for `pattern`; ValueError if it is empty."""
        if not pattern:
            raise ValueError("the pattern is empty")
        borders = prefix_function(pattern)
        # Where to go on after a mismatch: the longest border with another character behind it.
        failure = [-1] * len(pattern)
        for matched in range(1, len(pattern)):
            border = borders[matched - 1]
            same = pattern[border] == pattern[matched]
            failure[matched] = failure[border] if same else border
        self._pattern = pattern
        self._failure = failure
        self._after_match = borders[-1]
        self._matched = 0
        self._fed = 0

    def feed(self, chunk: str) -> list[int]:
        """Return where the occurrences start that this chunk completes, ascending.

        Positions count from the beginning of all that was fed.
        """
        pattern, failure, size = self._pattern, self._failure, len(self._pattern)
        matched = self._matched
        found = []
        for end, character in enumerate(chunk, self._fed + 1):
            while matched >= 0 and pattern[matched] != character:
                matched = failure[matched]
            matched += 1
            if matched == size:
                found.append(end - size)
                matched = self._after_match
        self._matched = matched
        self._fed += len(chunk)
        return found
