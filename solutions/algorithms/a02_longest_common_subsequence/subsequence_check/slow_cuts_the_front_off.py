"""Misconception: cutting the front off a string is one step.

Strings do not change: the slice copies the rest, for each character again.
"""


def is_subsequence(a: str, b: str) -> bool:
    while a and b:
        if a[0] == b[0]:
            a = a[1:]
        b = b[1:]
    return not a
