"""Independent solution of activity_selection: sweeps over time instead of tables and searches.

An activity takes the time from start up to, but not including, end.
"""


def _check(start: int, end: int) -> None:
    if start >= end:
        raise ValueError(f"an activity must start before it ends: {start}, {end}")


def select(intervals: list[tuple[int, int]]) -> list[int]:
    """Return the indices of a largest set of compatible activities, in order of time.

    Goes by start and keeps, of activities that overlap, the one that ends first.
    """
    for start, end in intervals:
        _check(start, end)
    chosen: list[int] = []
    busy_until = 0
    for index in sorted(range(len(intervals)), key=lambda i: intervals[i][0]):
        start, end = intervals[index]
        if not chosen or start >= busy_until:
            chosen.append(index)
            busy_until = end
        elif end < busy_until:
            chosen[-1] = index
            busy_until = end
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    """Return the least number of rooms in which all activities can take place.

    That is the greatest number of activities at one time: changes are added up for each time.
    """
    change: dict[int, int] = {}
    for start, end in intervals:
        _check(start, end)
        change[start] = change.get(start, 0) + 1
        change[end] = change.get(end, 0) - 1
    running = most = 0
    for time in sorted(change):
        running += change[time]
        most = max(most, running)
    return most


def best_weight(jobs: list[tuple[int, int, int]]) -> int:
    """Return the greatest total weight of compatible jobs (start, end, weight).

    Each job notes at its start what could be earned by then and adds to that at its end.
    """
    events: list[tuple[int, int, int]] = []
    for index, (start, end, _) in enumerate(jobs):
        _check(start, end)
        events.append((end, 0, index))
        events.append((start, 1, index))
    events.sort()
    before = [0] * len(jobs)
    best = 0
    for _, kind, index in events:
        if kind:
            before[index] = best
        else:
            best = max(best, before[index] + jobs[index][2])
    return best
