"""Misconception: an activity occupies its end too.

Touching activities are refused, get rooms of their own, and are not added up.
"""

from bisect import bisect_left
from heapq import heappush, heapreplace


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at][1]):
        if not chosen or intervals[chosen[-1]][1] < intervals[at][0]:
            chosen.append(at)
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    _check(intervals)
    rooms: list[int] = []
    for start, end in sorted(intervals):
        if rooms and rooms[0] < start:
            heapreplace(rooms, end)
        else:
            heappush(rooms, end)
    return len(rooms)


def best_weight(jobs: list[tuple[int, int, int]]) -> int:
    _check([(start, end) for start, end, _ in jobs])
    ordered = sorted(jobs, key=lambda job: job[1])
    ends = [end for _, end, _ in ordered]
    best = [0]
    for start, _, weight in ordered:
        best.append(max(best[-1], best[bisect_left(ends, start)] + weight))
    return best[-1]


def _check(intervals: list[tuple[int, int]]) -> None:
    if any(start >= end for start, end in intervals):
        raise ValueError("an activity does not start before it ends")
