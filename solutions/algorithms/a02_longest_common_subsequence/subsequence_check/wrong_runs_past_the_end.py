"""Misconception: there is always a next character of `a` to wait for.

`a` may be used up before `b` is, and it may be empty.
"""


def is_subsequence(a: str, b: str) -> bool:
    met = 0
    for letter in b:
        if letter == a[met]:
            met += 1
    return met == len(a)
