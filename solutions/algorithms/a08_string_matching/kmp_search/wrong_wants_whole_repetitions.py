"""Misconception: a period divides the length.

abcabcab has period 3, though it breaks off in the third repetition.
"""


def prefix_function(pattern: str | list[int]) -> list[int]:
    borders = [0] * len(pattern)
    matched = 0
    for at in range(1, len(pattern)):
        while matched and pattern[matched] != pattern[at]:
            matched = borders[matched - 1]
        if pattern[matched] == pattern[at]:
            matched += 1
        borders[at] = matched
    return borders


def shortest_period(text: str) -> int:
    if not text:
        raise ValueError("empty text")
    period = len(text) - prefix_function(text)[-1]
    return period if len(text) % period == 0 else len(text)


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    if not pattern:
        raise ValueError("empty pattern")
    borders = prefix_function(pattern)
    found, matched = [], 0
    for at, item in enumerate(text):
        while matched and pattern[matched] != item:
            matched = borders[matched - 1]
        if pattern[matched] == item:
            matched += 1
        if matched == len(pattern):
            found.append(at - matched + 1)
            matched = borders[matched - 1]
    return found


class StreamMatcher:
    def __init__(self, pattern: str) -> None:
        if not pattern:
            raise ValueError("empty pattern")
        self._pattern = pattern
        self._borders = prefix_function(pattern)
        self._matched = self._read = 0

    def feed(self, chunk: str) -> list[int]:
        found = []
        for item in chunk:
            self._read += 1
            while self._matched and self._pattern[self._matched] != item:
                self._matched = self._borders[self._matched - 1]
            if self._pattern[self._matched] == item:
                self._matched += 1
            if self._matched == len(self._pattern):
                found.append(self._read - self._matched)
                self._matched = self._borders[self._matched - 1]
        return found
