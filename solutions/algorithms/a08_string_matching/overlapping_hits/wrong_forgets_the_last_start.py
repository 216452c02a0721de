"""Misconception: n characters have n - m starts for a pattern of m.

They have n - m + 1; a hit at the very end is missed.
"""


def hits(text: str, pattern: str) -> list[int]:
    starts = range(len(text) - len(pattern))
    return [start for start in starts if text.startswith(pattern, start)]
