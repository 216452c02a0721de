"""Independent solution of floor_square_root: the root bit by bit, by shifting and subtracting."""


def floor_root(n: int) -> int:
    """Return the largest integer r with r * r <= n.

    As on paper, but in base 4: two bits of `n` come down for each bit of the root. `rest` is
    what the part of `n` that has come down exceeds the square of the root so far by.
    """
    if n < 0:
        raise ValueError("a negative number has no square root")
    root = rest = 0
    for shift in range(n.bit_length() // 2 * 2, -1, -2):
        rest = rest << 2 | n >> shift & 3
        root <<= 1
        step = root << 1 | 1  # (root + 1)**2 - root**2
        if rest >= step:
            rest -= step
            root += 1
    return root
