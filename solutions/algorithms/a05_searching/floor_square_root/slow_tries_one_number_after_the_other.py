"""Misconception: the root is so much smaller than n that one may count up to it.

That of 10**30 is 10**15.
"""


def floor_root(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} has no square root")
    root = 0
    while (root + 1) * (root + 1) <= n:
        root += 1
    return root
