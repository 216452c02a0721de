"""Misconception: after a mismatch the count of matched characters starts again from 0.

What was matched may hold the beginning of a hit; KMP is the right way to keep it.
"""


def hits(text: str, pattern: str) -> list[int]:
    found, matched = [], 0
    for at, letter in enumerate(text):
        matched = matched + 1 if letter == pattern[matched] else 0
        if matched == len(pattern):
            found.append(at - matched + 1)
            matched = 0
    return found
