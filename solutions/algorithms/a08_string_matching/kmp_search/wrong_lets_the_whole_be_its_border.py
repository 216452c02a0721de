"""Misconception: the longest beginning that is also an end is the whole.

True and useless: a border is shorter than what it borders.
"""


def prefix_function(pattern: str | list[int]) -> list[int]:
    return [
        max(k for k in range(at + 2) if pattern[:k] == pattern[at + 1 - k : at + 1])
        for at in range(len(pattern))
    ]


def shortest_period(text: str) -> int:
    if not text:
        raise ValueError("empty text")
    return len(text) - prefix_function(text)[-1]


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
