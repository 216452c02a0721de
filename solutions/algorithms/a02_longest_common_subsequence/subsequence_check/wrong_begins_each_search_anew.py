"""Misconception: if the first positions of the characters ascend, so does the string.

And otherwise not. But for a second "a" the first position is the wrong one.
"""


def is_subsequence(a: str, b: str) -> bool:
    positions = [b.find(letter) for letter in a]
    ascending = all(x < y for x, y in zip(positions, positions[1:], strict=False))
    return -1 not in positions and ascending
