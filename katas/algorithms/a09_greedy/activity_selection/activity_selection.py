"""Activity selection: as many as possible in one room, rooms for all, and the best by weight.

An activity takes the time from start up to, but not including, end.
"""


def select(intervals: list[tuple[int, int]]) -> list[int]:
    """Return the indices of a largest set of compatible activities, in order of time.

    Any largest set will do. ValueError if an activity does not start before it ends.
    """
    raise NotImplementedError


def min_rooms(intervals: list[tuple[int, int]]) -> int:
    """Return the least number of rooms in which all activities can take place.

    ValueError if an activity does not start before it ends.
    """
    raise NotImplementedError


def best_weight(jobs: list[tuple[int, int, int]]) -> int:
    """Return the greatest total weight of compatible jobs (start, end, weight).

    Weights are at least 1. ValueError if a job does not start before it ends.
    """
    raise NotImplementedError
