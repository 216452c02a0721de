"""Misconception: a meeting occupies its end too.

Meetings that touch are refused, and a day without gaps cannot be planned.
"""

from itertools import pairwise


def compatible(meetings: list[tuple[int, int]]) -> bool:
    return all(end < start for (_, end), (start, _) in pairwise(sorted(meetings)))
