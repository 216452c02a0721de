"""Misconception: the heaviest job that still fits is always worth taking.

Two lighter ones in its place may weigh more together.
"""

from heapq import heappush, heapreplace


def select(intervals: list[tuple[int, int]]) -> list[int]:
    _check(intervals)
    chosen: list[int] = []
    for at in sorted(range(len(intervals)), key=lambda at: intervals[at][1]):
        if not chosen or intervals[chosen[-1]][1] <= intervals[at][0]:
            chosen.append(at)
    return chosen


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
    chosen: list[tuple[int, int, int]] = []
    for start, end, weight in sorted(jobs, key=lambda job: -job[2]):
        if all(b <= start or end <= a for a, b, _ in chosen):
            chosen.append((start, end, weight))
    return sum(weight for _, _, weight in chosen)


def _check(intervals: list[tuple[int, int]]) -> None:
    if any(start >= end for start, end in intervals):
        raise ValueError("an activity does not start before it ends")
