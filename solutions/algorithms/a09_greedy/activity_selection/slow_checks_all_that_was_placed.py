"""Misconception: a new activity has to be compared with everything placed before it.

In order of finish the last chosen one, the room free first and a binary search are enough.
"""


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at][1]):
        if all(intervals[other][1] <= intervals[at][0] for other in chosen):
            chosen.append(at)
    return chosen


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    _check(intervals)
    rooms: list[int] = []
    for start, end in sorted(intervals):
        for room, free in enumerate(rooms):
            if free <= start:
                rooms[room] = end
                break
        else:
            rooms.append(end)
    return len(rooms)


def best_weight(jobs: list[tuple[int, int, int]]) -> int:
    _check([(start, end) for start, end, _ in jobs])
    ordered = sorted(jobs, key=lambda job: job[1])
    ends = [end for _, end, _ in ordered]
    best = [0]
    for start, _, weight in ordered:
        best.append(max(best[-1], best[sum(end <= start for end in ends)] + weight))
    return best[-1]


def _check(intervals: list[tuple[int, int]]) -> None:
    if any(start >= end for start, end in intervals):
        raise ValueError("an activity does not start before it ends")
