"""Misconception: short activities leave the most time to the others.

A short one in the middle may block two that go together.
"""

from bisect import bisect_right
from heapq import heappush, heapreplace


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at][1] - intervals[at][0]):
        start, end = intervals[at]
        if all(intervals[other][1] <= start or end <= intervals[other][0] for other in chosen):
            chosen.append(at)
    return sorted(chosen, key=lambda at: intervals[at])


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    _check(intervals)
    rooms: list[int] = []
    for start, end in sorted(intervals):
        if rooms and rooms[0] <= start:
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
        best.append(max(best[-1], best[bisect_right(ends, start)] + weight))
    return best[-1]


def _check(intervals: list[tuple[int, int]]) -> None:
    if any(start >= end for start, end in intervals):
        raise ValueError("an activity does not start before it ends")
