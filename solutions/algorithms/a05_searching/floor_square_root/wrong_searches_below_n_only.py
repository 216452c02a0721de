"""Misconception: a root is smaller than its number.

Not that of 1, and the search never looks at the number itself.
"""


def floor_root(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} has no square root")
    fits, exceeds = 0, n
    while exceeds - fits > 1:
        middle = (fits + exceeds) // 2
        if middle * middle <= n:
            fits = middle
        else:
            exceeds = middle
    return fits
