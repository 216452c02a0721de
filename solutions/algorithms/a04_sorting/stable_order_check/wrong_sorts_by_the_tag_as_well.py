"""Misconception: sorting the rows is sorting by their number.

Tuples are compared to the end: equal numbers are put in the order of their tags.
"""


def keeps_ties(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> bool:
    return after == sorted(before)
