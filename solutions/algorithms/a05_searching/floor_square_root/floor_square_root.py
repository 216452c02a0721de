"""Floor of a square root: binary search on the answer, in integers."""


def floor_root(n: int) -> int:
    """Return the largest integer r with r * r <= n; a negative n raises ValueError."""
    if n < 0:
        raise ValueError(f"{n} has no square root")
    fits, exceeds = 0, n + 1  # fits * fits <= n < exceeds * exceeds
    while exceeds - fits > 1:
        middle = (fits + exceeds) // 2
        if middle * middle <= n:
            fits = middle
        else:
            exceeds = middle
    return fits
