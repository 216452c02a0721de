"""Misconception: r * r has to stay below n.

It may be n: the root of a square comes out one too small.
"""


def floor_root(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} has no square root")
    fits, exceeds = 0, n + 1
    while exceeds - fits > 1:
        middle = (fits + exceeds) // 2
        if middle * middle < n:
            fits = middle
        else:
            exceeds = middle
    return fits
