"""Misconception: comparing slices is so fast that no algorithm is needed.

Each comparison may run through the whole pattern: length times length.
"""


def prefix_function(pattern: str | list[int]) -> list[int]:
    borders = []
    for end in range(1, len(pattern) + 1):
        size = end - 1
        while pattern[:size] != pattern[end - size : end]:
            size -= 1
        borders.append(size)
    return borders


def shortest_period(text: str) -> int:
    if not text:
        raise ValueError("empty text")
    return len(text) - prefix_function(text)[-1]


def find_all(text: list[int], pattern: list[int]) -> list[int]:
    if not pattern:
        raise ValueError("empty pattern")
    size = len(pattern)
    return [at for at in range(len(text) - size + 1) if text[at : at + size] == pattern]


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
