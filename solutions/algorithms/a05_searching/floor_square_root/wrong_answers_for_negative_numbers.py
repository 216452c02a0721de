"""Misconception: with bounds that cross, the loop does not run, so nothing can go wrong.

It returns 0, and 0 * 0 is more than n.
"""


def floor_root(n: int) -> int:
    fits, exceeds = 0, n + 1
    while exceeds - fits > 1:
        middle = (fits + exceeds) // 2
        if middle * middle <= n:
            fits = middle
        else:
            exceeds = middle
    return fits
