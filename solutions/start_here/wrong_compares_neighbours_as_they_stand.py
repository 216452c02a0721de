"""Misconception: the two closest times stand next to each other in the list.

They do in a sorted list; this one comes in any order.
"""


def smallest_gap(times: list[int]) -> int:
    return min(abs(a - b) for a, b in zip(times, times[1:], strict=False))
