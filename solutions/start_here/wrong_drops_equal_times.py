"""Misconception: a set of the times is the times.

Two equal times are two buses at once, a gap of 0; a set keeps one of them.
"""


def smallest_gap(times: list[int]) -> int:
    ordered = sorted(set(times))
    return min((b - a for a, b in zip(ordered, ordered[1:], strict=False)), default=0)
