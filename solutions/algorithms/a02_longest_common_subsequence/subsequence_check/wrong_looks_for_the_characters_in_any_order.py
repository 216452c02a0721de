"""Misconception: `b` has to hold the characters of `a`, as often as `a` does.

That forgets the order.
"""

from collections import Counter


def is_subsequence(a: str, b: str) -> bool:
    return Counter(a) <= Counter(b)
