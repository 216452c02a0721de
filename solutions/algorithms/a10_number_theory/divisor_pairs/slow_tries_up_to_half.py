"""Misconception: half of n is far enough, and little enough.

Right, but five billion steps where a hundred thousand are enough.
"""


def divisors(n: int) -> list[int]:
    return [d for d in range(1, n // 2 + 1) if n % d == 0] + [n]
