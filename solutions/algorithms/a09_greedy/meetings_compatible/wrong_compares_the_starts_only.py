"""Misconception: meetings clash if they begin at the same time.

How long they last is never looked at.
"""


def compatible(meetings: list[tuple[int, int]]) -> bool:
    return len({start for start, _ in meetings}) == len(meetings)
