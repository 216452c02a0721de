"""Misconception: a list that was handed in may be sorted in place."""

from itertools import pairwise


def compatible(meetings: list[tuple[int, int]]) -> bool:
    meetings.sort()
    return all(end <= start for (_, end), (start, _) in pairwise(meetings))
