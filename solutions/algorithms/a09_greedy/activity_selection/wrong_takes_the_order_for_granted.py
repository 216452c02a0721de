"""Misconception: activities come sorted by their ends.

That is how textbooks print them, not how requests arrive.
"""

from bisect import bisect_right
from heapq import heappush, heapreplace


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    for at in range(len(intervals)):
        if not chosen or intervals[chosen[-1]][1] <= intervals[at][0]:
            chosen.append(at)
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    _check(intervals)
    rooms: list[int] = []
    for start, end in intervals:
        if rooms and rooms[0] <= start:
            heapreplace(rooms, end)
        else:
            heappush(rooms, end)
    return len(rooms)


def best_weight(jobs: list[tuple[int, int, int]]) -> int:
    _check([(start, end) for start, end, _ in jobs])
    ordered = jobs
    ends = [end for _, end, _ in ordered]
    best = [0]
    for start, _, weight in ordered:
        best.append(max(best[-1], best[bisect_right(ends, start)] + weight))
    return best[-1]


def _check(intervals: list[tuple[int, int]]) -> None:
    if any(start >= end for start, end in intervals):
        raise ValueError("an activity does not start before it ends")
