"""Misconception: the search for the first r with r * r >= n finds the same number.

It does for squares; for all others that is the root rounded up.
"""


def floor_root(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} has no square root")
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if middle * middle >= n:
            high = middle
        else:
            low = middle + 1
    return low
