"""Misconception: a definition by recursion may be typed in as it stands.

It needs one call inside another for each character; Python stops at about a thousand.
"""


def _left(a: str, b: str, i: int, j: int) -> bool:
    if i == len(a):
        return True
    if j == len(b):
        return False
    return _left(a, b, i + (a[i] == b[j]), j + 1)


def is_subsequence(a: str, b: str) -> bool:
    return _left(a, b, 0, 0)
