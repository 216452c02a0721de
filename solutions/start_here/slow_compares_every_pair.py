"""Misconception: each pair must be looked at to know the smallest gap.

Right, and quadratic: 50,000 times make 1,249,975,000 pairs.
"""


def smallest_gap(times: list[int]) -> int:
    return min(abs(a - b) for i, a in enumerate(times) for b in times[:i])
