"""Misconception: a stream is searched by keeping the last characters and searching them again.

For a long pattern and short chunks that is the length of the pattern for each character.
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
        self._pattern, self._tail, self._gone = pattern, "", 0

    def feed(self, chunk: str) -> list[int]:
        text, keep = self._tail + chunk, len(self._pattern) - 1
        found = []
        at = text.find(self._pattern)
        while at >= 0:
            found.append(self._gone + at)
            at = text.find(self._pattern, at + 1)
        self._tail = text[max(0, len(text) - keep) :]
        self._gone += len(text) - len(self._tail)
        return found
