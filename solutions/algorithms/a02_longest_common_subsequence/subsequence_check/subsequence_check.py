"""Subsequence check: walk through b once and wait for the characters of a in turn."""


def is_subsequence(a: str, b: str) -> bool:
    """Return whether striking out characters of `b` can leave `a`."""
    met = 0  # how many characters of a have been met, in order
    for letter in b:
        if met < len(a) and letter == a[met]:
            met += 1
    return met == len(a)
