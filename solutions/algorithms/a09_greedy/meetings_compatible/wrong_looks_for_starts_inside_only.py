"""Misconception: two meetings overlap if one starts while the other is going on.

Two that start together overlap as well.
"""

from itertools import pairwise


def compatible(meetings: list[tuple[int, int]]) -> bool:
    ordered = sorted(meetings)
    return not any(a < start < end for (a, end), (start, _) in pairwise(ordered))
