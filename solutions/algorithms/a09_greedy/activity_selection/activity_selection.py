"""Activity selection: greedy by finish, a sweep for rooms, a table for weights."""

from bisect import bisect_right


def select(intervals: list[tuple[int, int]]) -> list[int]:
    """Return the indices of a largest set of compatible activities, in order of time."""
    _check(intervals)
    chosen: list[int] = []
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at][1]):
        if not chosen or intervals[chosen[-1]][1] <= intervals[at][0]:
            chosen.append(at)
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    """Return the least number of rooms in which all activities can take place."""
    _check(intervals)
    ends = sorted(end for _, end in intervals)
    freed = rooms = 0
    for begun, start in enumerate(sorted(start for start, _ in intervals), start=1):
        while ends[freed] <= start:
            freed += 1
        rooms = max(rooms, begun - freed)
    return rooms


def best_weight(jobs: list[tuple[int, int, int]]) -> int:
    """Return the greatest total weight of compatible jobs (start, end, weight)."""
    _check([(start, end) for start, end, _ in jobs])
    ordered = sorted(jobs, key=lambda job: job[1])
    ends = [end for _, end, _ in ordered]
    best = [0]  # best[i]: of the first i jobs by finish
    for start, _, weight in ordered:
        best.append(max(best[-1], best[bisect_right(ends, start)] + weight))
    return best[-1]


def _check(intervals: list[tuple[int, int]]) -> None:
    for start, end in intervals:
        if start >= end:
            raise ValueError(f"({start}, {end}) does not start before it ends")
