"""Misconception: `while low < high` ends, whatever the two updates are.

With neighbours the middle is low itself, and `low = middle` changes nothing for ever.
"""


def floor_root(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} has no square root")
    low, high = 0, n + 1
    while low < high:
        middle = (low + high) // 2
        if middle * middle <= n:
            low = middle
        else:
            high = middle
    return low
