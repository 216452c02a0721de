"""Reference for start_here: sort, then look at neighbours only."""

from itertools import pairwise


def smallest_gap(times: list[int]) -> int:
    """Return the smallest difference between two of the times."""
    return min(later - earlier for earlier, later in pairwise(sorted(times)))
