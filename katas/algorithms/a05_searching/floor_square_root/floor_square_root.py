"""Floor of a square root: the largest integer whose square is at most n."""


def floor_root(n: int) -> int:
    """Return the largest integer r with r * r <= n.

    `n` is at most 10**30; a negative one raises ValueError. The module `math` is forbidden.
    """
    raise NotImplementedError
