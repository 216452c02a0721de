"""Compatible meetings: in order of their starts, neighbours tell everything."""

from itertools import pairwise


def compatible(meetings: list[tuple[int, int]]) -> bool:
    """Return whether no two of the half-open meetings (start, end) overlap."""
    return all(end <= start for (_, end), (start, _) in pairwise(sorted(meetings)))
