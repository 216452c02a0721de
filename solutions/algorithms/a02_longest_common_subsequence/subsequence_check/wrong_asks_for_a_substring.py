"""Misconception: `in` asks whether one string is within another, so it answers this question.

It asks for neighbours: a substring, not a subsequence.
"""


def is_subsequence(a: str, b: str) -> bool:
    return a in b
