"""Misconception: int(n ** 0.5) is the root without its digits after the point.

A float holds 53 bits; just below a large square it rounds up to the square's root.
"""


def floor_root(n: int) -> int:
    if n < 0:
        raise ValueError(f"{n} has no square root")
    return int(n**0.5)
