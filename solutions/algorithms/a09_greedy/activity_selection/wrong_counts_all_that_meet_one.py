"""Misconception: rooms are needed for all activities that overlap one of them.

Two that overlap the same long activity may come one after the other.
"""

from bisect import bisect_right


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at][1]):
        if not chosen or intervals[chosen[-1]][1] <= intervals[at][0]:
            chosen.append(at)
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    _check(intervals)
    return max(
        (sum(a < end and start < b for a, b in intervals) for start, end in intervals), default=0
    )


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
