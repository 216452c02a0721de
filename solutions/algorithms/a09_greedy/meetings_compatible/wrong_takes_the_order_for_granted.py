"""Misconception: meetings come in the order in which they start."""

from itertools import pairwise


def compatible(meetings: list[tuple[int, int]]) -> bool:
    return all(end <= start for (_, end), (start, _) in pairwise(meetings))
