"""Misconception: the next one has to be looked for among all activities.

Sorted once, they are met in the order in which they are needed.
"""

from bisect import bisect_right


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    left = list(range(len(intervals)))
    while left:
        chosen.append(min(left, key=lambda at: intervals[at][1]))
        left = [at for at in left if intervals[chosen[-1]][1] <= intervals[at][0]]
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    _check(intervals)
    return max((sum(a <= start < b for a, b in intervals) for start, _ in intervals), default=0)


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
