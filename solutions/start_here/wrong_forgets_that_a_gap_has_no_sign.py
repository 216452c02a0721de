"""Misconception: a difference is a gap.

Where the later time stands first the difference is negative, and the smallest of all.
"""


def smallest_gap(times: list[int]) -> int:
    return min(b - a for i, b in enumerate(times) for a in times[:i])
