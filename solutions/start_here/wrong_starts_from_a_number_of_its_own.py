"""Misconception: the search can begin with any number that looks large.

A smallest value is looked for among real gaps; here nothing over a day is ever found.
"""


def smallest_gap(times: list[int]) -> int:
    smallest = 24 * 60
    ordered = sorted(times)
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        smallest = min(smallest, later - earlier)
    return smallest
