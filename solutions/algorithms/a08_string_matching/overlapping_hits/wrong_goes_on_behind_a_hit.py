"""Misconception: the search goes on where the hit ends.

The next hit may start within this one.
"""


def hits(text: str, pattern: str) -> list[int]:
    found: list[int] = []
    start = text.find(pattern)
    while start >= 0:
        found.append(start)
        start = text.find(pattern, start + len(pattern))
    return found
