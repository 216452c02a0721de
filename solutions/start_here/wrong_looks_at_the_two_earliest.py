"""Misconception: once sorted, the answer stands at the front.

Sorting brings close times together, anywhere in the list.
"""


def smallest_gap(times: list[int]) -> int:
    earliest, second, *_ = sorted(times)
    return second - earliest
