"""Misconception: zip compares all characters of the pattern.

It stops where the text ends, and half a pattern counts as a hit.
"""


def hits(text: str, pattern: str) -> list[int]:
    return [
        start
        for start in range(len(text))
        if all(a == b for a, b in zip(text[start:], pattern, strict=False))
    ]
